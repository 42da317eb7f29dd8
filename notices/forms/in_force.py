"""Which notices in force to list."""

from crispy_forms.helper import FormHelper
from django import forms

from notices.models import Topic
from onepublic.core.fields import WarekiDateField
from onepublic.core.forms import Form, bare_helper


class InForceForm(Form):
    """``topic`` (None: all) and ``on`` (None: today)."""

    topic = forms.ModelChoiceField(
        label="分野", queryset=Topic.objects.all(), required=False, empty_label="すべて"
    )
    on = WarekiDateField(label="基準日", required=False, help_text="空欄のときは今日です。")

    @property
    def helper(self) -> FormHelper:
        """The page brings the form tag and its button."""
        return bare_helper()
