"""Controls of forms that the browser alone does not have."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from onepublic.core.wareki import parse_date, wareki

_SELECTED = mark_safe(" selected")


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


class LongSelect(forms.Select):
    """A list of a hundred choices, as Django's own renders it: that takes a template a choice,
    which made up half of a page with several such lists.
    """

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """The ``select`` element; groups become ``optgroup``."""
        chosen = set(self.format_value(value))
        attributes = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        parts = ((_part(key, shown, chosen),) for key, shown in self.choices)
        return format_html("<select{}>{}</select>", attributes, format_html_join("", "{}", parts))


def _part(key: Any, shown: Any, chosen: set[str]) -> SafeString:
    if isinstance(shown, list | tuple):
        return format_html('<optgroup label="{}">{}</optgroup>', key, _options(shown, chosen))
    return _options([(key, shown)], chosen)


def _options(choices: Iterable[tuple[Any, Any]], chosen: set[str]) -> SafeString:
    rows = (("" if key is None else str(key), shown) for key, shown in choices)
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, _SELECTED if value in chosen else "", shown) for value, shown in rows),
    )


def _iso(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    try:
        return parse_date(value or "").isoformat()
    except (ValueError, OverflowError):
        return ""
