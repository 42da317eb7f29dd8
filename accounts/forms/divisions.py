"""The name of a division."""

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import BareForm


class DivisionForm(BareForm):
    """``name`` as people of the organization say it."""

    name = PlainTextField(
        label="課室の名称", max_length=60, help_text="例：健康福祉部健康推進課。60文字以内。"
    )
