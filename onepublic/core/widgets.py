"""Controls of forms that the browser alone does not have."""

from datetime import date
from typing import Any

from django import forms

from onepublic.core.wareki import parse_date, wareki


class WarekiDateInput(forms.DateInput):
    """A day as text beside the browser's calendar, which fills the text in when a script runs."""

    template_name = "dads/widgets/wareki_date.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, label: str = "") -> None:
        self.label = label
        super().__init__(attrs)

    def format_value(self, value: Any) -> str | None:
        """``令和８年11月23日`` for a day; what was typed stays as it was typed."""
        return wareki(value, weekday=False) if isinstance(value, date) else value

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The widget's context with ``day`` (ISO, or empty) and its ARIA attributes."""
        context = super().get_context(name, value, attrs)
        given = context["widget"]["attrs"]
        context["widget"] |= {
            "day": _iso(value),
            "label": self.label,
            "described_by": given.get("aria-describedby", ""),
            "invalid": given.get("aria-invalid") == "true",
        }
        return context


def _iso(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    try:
        return parse_date(value or "").isoformat()
    except (ValueError, OverflowError):
        return ""
