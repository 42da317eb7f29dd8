"""When a person's collected mail goes out: at the next of the full hours that they picked."""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, DateTimeField, F, Func, Value, When
from django.utils import timezone

from onepublic.core.business_days import on_or_after

_SLOTS: "ArrayField[Any, Any]" = ArrayField(DateTimeField())


def next_slot(
    hours: Collection[int], *, business_days_only: bool, after: datetime
) -> datetime | None:
    """The first full hour (JST) among ``hours`` later than ``after``; None without any hours."""
    slots = next_slots(after, business_days_only=business_days_only)
    return min((slots[hour] for hour in hours), default=None)


def next_slots(after: datetime, *, business_days_only: bool) -> list[datetime]:
    """For each hour of the day, 0 to 23, the first moment later than ``after`` at which it is."""
    settle = on_or_after if business_days_only else _any_day
    return _slots(timezone.localtime(after), settle)


def _slots(now: datetime, settle: Callable[[date], date]) -> list[datetime]:
    today, tomorrow = settle(now.date()), settle(now.date() + timedelta(days=1))
    return [
        _at(today if today > now.date() or hour > now.hour else tomorrow, hour, now)
        for hour in range(24)
    ]


def _any_day(day: date) -> date:
    return day


def _at(day: date, hour: int, now: datetime) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=now.tzinfo)


def next_digest(after: datetime) -> Case:
    """For a queryset of people: the moment of :func:`next_slot` for each, from their preference;
    NULL for those who get their mail at once. People without a preference cost only the join.
    """
    slots = Case(
        When(
            mail_preference__business_days_only=True,
            then=Value(next_slots(after, business_days_only=True), output_field=_SLOTS),
        ),
        default=Value(next_slots(after, business_days_only=False), output_field=_SLOTS),
    )
    earliest = Func(
        F("mail_preference__hours"),
        slots,
        template=(
            "(SELECT min(known.slots[picked.hour + 1])"
            " FROM (VALUES (%(expressions)s)) AS known (hours, slots),"
            " unnest(known.hours) AS picked (hour))"
        ),
        output_field=DateTimeField(),
    )
    return Case(When(mail_preference__isnull=False, then=earliest), output_field=DateTimeField())
