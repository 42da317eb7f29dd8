"""Form fields that know how officials type: plain text that is safe to store, wareki dates."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from onepublic.core.text import forbidden_character, unify_newlines
from onepublic.core.wareki import parse_date
from onepublic.core.widgets import WarekiDateInput

LAST_DAY = date(2999, 12, 31)
"""Later days are slips, or mean 「期限なし」; the end of the calendar has no day after it."""


class PlainTextField(forms.CharField):
    """A text without control or bidirectional characters; ``lines`` allows line ends and tabs."""

    def __init__(self, *, lines: bool = False, max_length: int, **kwargs: Any) -> None:
        self.lines = lines
        if lines:
            kwargs.setdefault("widget", forms.Textarea)
        super().__init__(max_length=max_length, **kwargs)
        self.error_messages["null_characters_not_allowed"] = (
            "使用できない制御文字（U+0000）が含まれています。"
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without ``maxlength``: a browser cuts pasted text there and says nothing, a form does."""
        attributes: dict[str, Any] = super().widget_attrs(widget)
        attributes.pop("maxlength", None)
        return attributes

    def to_python(self, value: Any) -> str:
        """The text with LF line ends; raises ValidationError naming the forbidden character."""
        text = unify_newlines(super().to_python(value) or "")
        found = forbidden_character(text)
        if found is None and not self.lines:
            found = next((f"U+{ord(c):04X}" for c in text if c in "\n\t"), None)
        if found:
            raise ValidationError(f"使用できない制御文字（{found}）が含まれています。")
        return text


class WarekiDateField(forms.DateField):
    """A day typed in wareki or in western form, or picked in the browser's own picker."""

    widget = WarekiDateInput
    default_error_messages = {
        "invalid": "日付は「令和8年11月23日」「R8.11.23」「2026-11-23」のように入力してください。",
        "far": f"西暦{LAST_DAY.year}年までの日を入力してください。",
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No attributes; the control learns the field's name, which its button then tells."""
        if isinstance(widget, WarekiDateInput):
            widget.label = str(self.label or "")
        return super().widget_attrs(widget)

    def to_python(self, value: Any) -> date | None:
        """The day, None when blank; raises ValidationError for anything else, and for a day after
        LAST_DAY.
        """
        if not isinstance(value, str):
            return super().to_python(value)
        if not value.strip():
            return None
        try:
            day = parse_date(value)
        except (ValueError, OverflowError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if day > LAST_DAY:
            raise ValidationError(self.error_messages["far"], code="far")
        return day
