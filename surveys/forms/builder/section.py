"""The title and the explanation of a section."""

from django import forms

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import Form


class SectionForm(Form):
    """What a section is called and what it explains on top."""

    title = PlainTextField(label="節の名称", max_length=500)
    help = PlainTextField(
        label="説明",
        max_length=4000,
        lines=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="節のはじめに表示します。基準日や用語の定義などを書きます。",
    )
