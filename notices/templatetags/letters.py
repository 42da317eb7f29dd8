"""The text of a notice in a page."""

from datetime import date

from django import template
from django.utils.safestring import SafeString

from notices import body
from onepublic.core.wareki import wareki

register = template.Library()


@register.filter
def as_printed(text: str, top: int) -> SafeString:
    """The body as it stands in the letter; its highest headings are ``h<top>``."""
    return body.render(text, top=top)


@register.filter
def letter_day(day: date) -> str:
    """``令和８年11月23日``: an official letter names no day of the week."""
    return wareki(day, weekday=False)
