from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from onepublic.core.business_days import is_business_day
from onepublic.mail.models import MailPreference
from onepublic.mail.timing import next_digest, next_slot
from tests.factories.accounts import UserFactory

JST = ZoneInfo("Asia/Tokyo")
HOUR = timedelta(hours=1)
MOMENTS = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(2030, 12, 31),  # noqa: DTZ001 - as above
    timezones=st.just(UTC),
)
HOURS = st.sets(st.integers(0, 23), min_size=1)


def walked(after: datetime, hours: set[int], *, business_days_only: bool) -> datetime:
    """The same by looking at one hour after the other."""
    moment = after.astimezone(JST).replace(minute=0, second=0, microsecond=0)
    while True:
        moment += HOUR
        open_day = not business_days_only or is_business_day(moment.date())
        if moment.hour in hours and open_day:
            return moment


@given(after=MOMENTS, hours=HOURS, business_days_only=st.booleans())
def test_it_is_the_first_picked_hour_in_japan_that_follows(
    after: datetime, hours: set[int], business_days_only: bool
) -> None:
    found = next_slot(hours, business_days_only=business_days_only, after=after)

    assert found == walked(after, hours, business_days_only=business_days_only)


def test_the_hour_itself_has_passed_when_it_strikes() -> None:
    noon = datetime(2026, 11, 24, 12, tzinfo=JST)

    assert next_slot([12], business_days_only=False, after=noon) == noon + 24 * HOUR
    assert next_slot([12], business_days_only=False, after=noon - timedelta(seconds=1)) == noon


def test_without_hours_there_is_none() -> None:
    assert next_slot([], business_days_only=True, after=datetime.now(UTC)) is None


@pytest.mark.django_db
@pytest.mark.parametrize("business_days_only", [True, False])
def test_the_database_finds_the_same_hour_for_everybody_in_one_query(
    business_days_only: bool,
) -> None:
    after = datetime(2026, 11, 20, 17, 30, tzinfo=JST)  # the Friday before three closed days
    wishes = {UserFactory.create(): hours for hours in ([8], [17, 18], [0, 23], [])}
    for user, hours in wishes.items():
        MailPreference.objects.create(user=user, hours=hours, business_days_only=business_days_only)
    nobodys = UserFactory.create()

    found = dict(User.objects.annotate(slot=next_digest(after)).values_list("pk", "slot"))

    assert found == {nobodys.pk: None} | {
        user.pk: next_slot(hours, business_days_only=business_days_only, after=after)
        for user, hours in wishes.items()
    }
