"""The name under which a division finds a text again."""

from crispy_forms.helper import FormHelper

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import Form, bare_helper


class TemplateForm(Form):
    """``name`` of a template."""

    name = PlainTextField(
        label="ひな形の名称",
        max_length=60,
        help_text="課室の起案者が選ぶときに分かる名称にしてください（例：月例の調査依頼）。",
    )

    @property
    def helper(self) -> FormHelper:
        """The page brings the form tag and its button."""
        return bare_helper()
