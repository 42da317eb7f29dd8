"""The text of a notice in a page."""

from django import template
from django.utils.safestring import SafeString

from notices import body

register = template.Library()


@register.filter
def as_printed(text: str, top: int) -> SafeString:
    """The body as it stands in the letter; its highest headings are ``h<top>``."""
    return body.render(text, top=top)
