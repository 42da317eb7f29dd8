"""The title of a page: ``ページ – 区分 – OnePublic``."""

from django import template

SEPARATOR = " – "

register = template.Library()


@register.filter(is_safe=True)
def without_repeats(title: str) -> str:
    """``通知 – 通知 – OnePublic`` becomes ``通知 – OnePublic``.

    A section's own list has the section's name as its title, and some pages have no section.
    """
    parts = (part.strip() for part in title.split(SEPARATOR))
    return SEPARATOR.join(dict.fromkeys(part for part in parts if part))
