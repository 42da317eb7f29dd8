"""Which notices in force to list."""

from django import forms

from notices.models import Topic
from onepublic.core.fields import WarekiDateField
from onepublic.core.forms import BareForm


class InForceForm(BareForm):
    """``topic`` (None: all) and ``on`` (None: today)."""

    topic = forms.ModelChoiceField(
        label="分野", queryset=Topic.objects.all(), required=False, empty_label="すべて"
    )
    on = WarekiDateField(label="基準日", required=False, help_text="空欄のときは今日です。")
