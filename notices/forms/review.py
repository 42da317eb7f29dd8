"""Why a notice is given back."""

from crispy_forms.helper import FormHelper
from django import forms

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import Form


class ReturnForm(Form):
    """``reason``: what the drafter has to mend."""

    reason = PlainTextField(
        label="差戻しの理由",
        lines=True,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="直すところが起案者に分かるように、1,000文字以内で入力してください。",
    )

    @property
    def helper(self) -> FormHelper:
        """The page brings the form tag and its button."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper
