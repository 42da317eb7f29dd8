"""The name of a field of work."""

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import BareForm


class TopicForm(BareForm):
    """``name`` as it stands in lists and filters."""

    name = PlainTextField(label="分野の名称", max_length=40, help_text="例：予防接種。40文字以内。")
