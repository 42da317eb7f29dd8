"""The name under which a division finds a text again."""

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import BareForm


class TemplateForm(BareForm):
    """``name`` of a template."""

    name = PlainTextField(
        label="ひな形の名称",
        max_length=60,
        help_text="課室の起案者が選ぶときに分かる名称にしてください（例：月例の調査依頼）。",
    )
