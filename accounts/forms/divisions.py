"""The name of a division."""

from crispy_forms.helper import FormHelper

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import Form, bare_helper


class DivisionForm(Form):
    """``name`` as people of the organization say it."""

    name = PlainTextField(
        label="課室の名称", max_length=60, help_text="例：健康福祉部健康推進課。60文字以内。"
    )

    @property
    def helper(self) -> FormHelper:
        """The page brings the form tag and its button."""
        return bare_helper()
