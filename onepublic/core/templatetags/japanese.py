"""Filters that write dates and numbers as officials do."""

from datetime import date, datetime, time
from decimal import Decimal

from django import template
from django.utils import timezone

from onepublic.core import wareki as eras

register = template.Library()


@register.filter
def wareki(day: date | datetime | None) -> str:
    """``令和８年11月23日（月）``; empty for None."""
    return eras.wareki(_local(day)) if day else ""


@register.filter
def fiscal_year(year: int) -> str:
    """``令和８年度`` for the fiscal year that began in 2026."""
    return eras.wareki_year(year)


@register.filter
def wareki_time(moment: datetime | None) -> str:
    """``令和８年11月23日（月）17:55``, in Japan's time; empty for None."""
    if not moment:
        return ""
    local = timezone.localtime(moment)
    return f"{eras.wareki(local.date())}{time(local.hour, local.minute):%H:%M}"


@register.filter
def days_left(day: date | None) -> int | None:
    """Days from today to ``day`` in Japan: 0 on the day itself, negative after it."""
    return (day - timezone.localdate()).days if day else None


@register.filter
def days_left_text(day: date | None) -> str:
    """``あと3日``, ``本日まで`` or ``2日超過``; empty for None."""
    left = days_left(day)
    if left is None:
        return ""
    if left < 0:
        return f"{-left}日超過"
    return f"あと{left}日" if left else "本日まで"


@register.filter
def grouped(number: int | Decimal | None) -> str:
    """``1,741``; empty for None."""
    return "" if number is None else f"{number:,}"


@register.filter
def percent(part: int, whole: int) -> str:
    """``part`` of ``whole`` as ``66.7``; ``0.0`` of nothing."""
    return f"{100 * part / whole:.1f}" if whole else "0.0"


def _local(day: date | datetime) -> date:
    return timezone.localtime(day).date() if isinstance(day, datetime) else day
