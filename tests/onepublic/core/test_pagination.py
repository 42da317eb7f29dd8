from datetime import UTC, datetime

import pytest

from accounts.models import Division, User
from onepublic.core import pagination
from onepublic.core.pagination import (
    count_of,
    earliest_first,
    in_code_order,
    latest_first,
    newest_first,
)
from tests.factories.accounts import OrganizationFactory, UserFactory, window_of

pytestmark = pytest.mark.django_db


def test_pages_follow_each_other_without_gap_or_repeat() -> None:
    people = UserFactory.create_batch(5)

    first = newest_first(User.objects.all(), size=2)
    second = newest_first(User.objects.all(), cursor=first.next_cursor or "", size=2)
    third = newest_first(User.objects.all(), cursor=second.next_cursor or "", size=2)

    assert [*first.rows, *second.rows, *third.rows] == people[::-1]
    assert third.next_cursor is None


def test_a_new_row_does_not_shift_the_next_page() -> None:
    people = UserFactory.create_batch(3)
    first = newest_first(User.objects.all(), size=2)

    UserFactory.create()

    assert newest_first(User.objects.all(), cursor=first.next_cursor or "").rows == [people[0]]


def test_pages_by_time_follow_each_other_also_among_equal_times() -> None:
    early, late = datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    people = [UserFactory.create(created_at=at) for at in (late, early, late, early)]

    first = latest_first(User.objects.all(), moment="created_at", size=1)
    cursor = first.next_cursor or ""
    second = latest_first(User.objects.all(), moment="created_at", cursor=cursor, size=2)
    cursor = second.next_cursor or ""
    third = latest_first(User.objects.all(), moment="created_at", cursor=cursor, size=2)

    assert [*first.rows, *second.rows, *third.rows] == [people[i] for i in (2, 0, 3, 1)]
    assert third.next_cursor is None


def test_pages_by_day_begin_with_the_earliest_and_keep_equal_ones_in_order() -> None:
    early, late = datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    people = [UserFactory.create(created_at=at) for at in (late, early, late, early)]

    first = earliest_first(User.objects.all(), day="created_at", size=1)
    cursor = first.next_cursor or ""
    second = earliest_first(User.objects.all(), day="created_at", cursor=cursor, size=2)
    cursor = second.next_cursor or ""
    third = earliest_first(User.objects.all(), day="created_at", cursor=cursor, size=2)

    assert [*first.rows, *second.rows, *third.rows] == [people[i] for i in (1, 3, 0, 2)]
    assert third.next_cursor is None


@pytest.mark.parametrize(("people", "counted"), [(2, (2, False)), (3, (2, True))])
def test_a_count_stops_and_says_that_there_is_more(
    people: int, counted: tuple[int, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagination, "MOST", 2)
    UserFactory.create_batch(people)

    count = count_of(User.objects.all())

    assert (count, count.and_more) == counted


@pytest.mark.parametrize("cursor", ["x", "あ", "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk", "=" * 99])
def test_an_unreadable_cursor_gives_the_first_page(cursor: str) -> None:
    person = UserFactory.create()

    assert newest_first(User.objects.all(), cursor=cursor).rows == [person]


def test_pages_by_code_follow_each_other_through_a_relation() -> None:
    divisions = [window_of(OrganizationFactory.create(code=code)) for code in ("B", "C", "A")]
    rows = Division.objects.select_related("organization")

    first = in_code_order(rows, path="organization__code", size=2)
    second = in_code_order(rows, path="organization__code", after=first.next_cursor or "", size=2)

    assert [*first.rows, *second.rows] == [divisions[i] for i in (2, 0, 1)]
    assert (first.next_cursor, second.next_cursor) == ("B", None)
