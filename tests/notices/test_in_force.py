"""現行: what is in force on a day follows from versions and relations, and from nothing else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Organization
from notices.actions.correcting import begin_correction
from notices.actions.drafting import edit
from notices.actions.publication import publish
from notices.actions.relating import relate
from notices.actions.review import return_to_drafter, submit_for_review
from notices.actions.withdrawing import withdraw
from notices.models import Notice, NoticeRelation, NoticeVersion
from notices.states import ENDING_KINDS, RelationKind
from tests.factories.accounts import OrganizationFactory
from tests.factories.notices import approver_of, in_review, manuscript, version_of

pytestmark = pytest.mark.django_db
FIRST = date(2026, 4, 1)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC)


def issued(
    day: date,
    *,
    effective_on: date | None = None,
    kind: str = "",
    of: Notice | None = None,
    to: Organization | None = None,
) -> Notice:
    """Published on its day of issue, in effect from then or from a later day."""
    notice = in_review(to=[to or OrganizationFactory.create()], issued_on=day)
    if of:
        return_to_drafter(notice, by=approver_of(notice.division), reason="関連")
        relate(notice, to=of, kind=kind, by=notice.created_by)
        submit_for_review(notice, by=notice.created_by)
    NoticeVersion.objects.filter(notice=notice).update(effective_on=effective_on)
    return publish(notice, by=approver_of(notice.division), moment=noon(day))


def in_force(on: date) -> set[int]:
    return set(Notice.objects.in_force(on).values_list("pk", flat=True))


def test_from_its_day_of_issue_on() -> None:
    notice = issued(FIRST)

    assert in_force(FIRST - timedelta(days=1)) == set()
    assert in_force(FIRST) == {notice.pk}


def test_from_its_day_of_effect_on_where_it_names_one() -> None:
    notice = issued(FIRST, effective_on=date(2026, 10, 1))

    assert in_force(date(2026, 9, 30)) == set()
    assert in_force(date(2026, 10, 1)) == {notice.pk}


@pytest.mark.parametrize("kind", ENDING_KINDS)
def test_until_the_repeal_takes_effect(kind: str) -> None:
    earlier = issued(FIRST)
    repeal = issued(date(2026, 5, 1), effective_on=date(2026, 7, 1), kind=kind, of=earlier)

    assert in_force(date(2026, 6, 30)) == {earlier.pk}
    assert in_force(date(2026, 7, 1)) == {repeal.pk}


@pytest.mark.parametrize("kind", ["amends", "corrects", "related"])
def test_what_is_amended_stays_in_force(kind: str) -> None:
    earlier = issued(FIRST)
    later = issued(date(2026, 5, 1), kind=kind, of=earlier)

    assert in_force(date(2026, 6, 1)) == {earlier.pk, later.pk}


def test_repealing_the_repeal_brings_nothing_back() -> None:
    earlier = issued(FIRST)
    repeal = issued(date(2026, 5, 1), kind="repeals", of=earlier)
    last = issued(date(2026, 6, 1), kind="repeals", of=repeal)

    assert in_force(date(2026, 7, 1)) == {last.pk}


def test_withdrawing_the_repeal_does() -> None:
    earlier = issued(FIRST)
    repeal = issued(date(2026, 5, 1), kind="repeals", of=earlier)

    withdraw(repeal, by=approver_of(repeal.division), reason="誤り")

    assert in_force(date(2026, 7, 1)) == {earlier.pk}


def test_a_correction_counts_from_the_beginning() -> None:
    notice = issued(FIRST)
    begin_correction(notice, by=notice.created_by, reason="施行日", acknowledge_again=False)
    edit(notice, by=notice.created_by, manuscript=manuscript(issued_on=FIRST))
    NoticeVersion.objects.filter(pk=version_of(notice).pk).update(effective_on=date(2026, 6, 1))
    submit_for_review(notice, by=notice.created_by)
    publish(notice, by=approver_of(notice.division))

    assert in_force(date(2026, 5, 31)) == set()
    assert in_force(date(2026, 6, 1)) == {notice.pk}


DAYS = st.integers(0, 6)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    steps=st.lists(
        st.tuples(DAYS, DAYS, st.integers(0, 5), st.sampled_from(RelationKind.values)),
        min_size=1,
        max_size=5,
    ),
    gone=st.integers(0, 9),
)
def test_at_each_date_it_is_what_the_relations_say(
    steps: list[tuple[int, int, int, str]], gone: int
) -> None:
    """Against a plain telling of the rule, day by day."""
    with transaction.atomic():
        notices = write(steps)
        if gone < len(notices):
            withdraw(notices[gone], by=approver_of(notices[gone].division), reason="誤り")

        for day in (FIRST + timedelta(days=number) for number in range(-1, 15)):
            assert in_force(day) == by_the_rule(day)
        transaction.set_rollback(True)


def write(steps: list[tuple[int, int, int, str]]) -> list[Notice]:
    """Notices in the order of their days of issue, each doing something to an earlier one."""
    village = OrganizationFactory.create()
    notices: list[Notice] = []
    for issue, delay, target, kind in sorted(steps):
        day = FIRST + timedelta(days=issue)
        notice = issued(day, effective_on=day + timedelta(days=delay), to=village)
        if target < len(notices):
            NoticeRelation.objects.create(source=notice, target=notices[target], kind=kind)
        notices.append(notice)
    return notices


def by_the_rule(day: date) -> set[int]:
    valid = {
        notice.pk: notice.current_version.effective_on
        for notice in Notice.objects.filter(state="published").select_related("current_version")
        if notice.current_version and notice.current_version.effective_on
    }
    ended = {
        relation.target_id
        for relation in NoticeRelation.objects.all()
        if relation.kind in ENDING_KINDS
        and relation.source_id in valid
        and valid[relation.source_id] <= day
    }
    return {pk for pk, start in valid.items() if start <= day and pk not in ended}


def test_any_day_that_can_be_typed_has_an_answer() -> None:
    notice = issued(FIRST)

    assert in_force(date.min) == set()
    assert in_force(date.max) == {notice.pk}
