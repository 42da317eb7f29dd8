"""Parts of a form's layout that the form pack does not bring."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import HTML, Layout
from django import forms
from django.utils.html import format_html

_OPENING = (
    '<details class="disclosure field"{}><summary>{}</summary><div class="disclosure-body stack">'
)


def disclosed(summary: str, *parts: Any, is_open: bool = False) -> Layout:
    """The parts behind a line that opens them; without script too."""
    opened = format_html(" {}", "open") if is_open else ""
    return Layout(HTML(format_html(_OPENING, opened, summary)), *parts, HTML("</div></details>"))


def is_filled(form: forms.Form, names: Iterable[str]) -> bool:
    """Whether one of the fields shows something."""
    return any(form[name].value() for name in names)
