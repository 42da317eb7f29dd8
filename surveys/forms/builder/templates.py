"""Keeping a questionnaire as a template, and changing what a template is called."""

from django import forms

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import Form


class TemplateForm(Form):
    """What a template is called and who may use it."""

    name = PlainTextField(
        label="ひな形の名称",
        max_length=100,
        help_text="ほかの人が見ても内容が分かる名称にします（例：年次の体制調査）。",
    )
    shared = forms.BooleanField(label="全ての課室で使えるようにする", required=False)


class RenamingForm(TemplateForm):
    """The same for one that is there, with what its page showed."""

    seen_name = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_shared = forms.BooleanField(required=False, widget=forms.HiddenInput)
