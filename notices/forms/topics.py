"""The name of a field of work."""

from crispy_forms.helper import FormHelper

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import Form, bare_helper


class TopicForm(Form):
    """``name`` as it stands in lists and filters."""

    name = PlainTextField(label="分野の名称", max_length=40, help_text="例：予防接種。40文字以内。")

    @property
    def helper(self) -> FormHelper:
        """The page brings the form tag and its button."""
        return bare_helper()
