"""Which relations between notices can be stated, and which are refused with what reason."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notices.actions.correcting import begin_correction
from notices.actions.publication import publish
from notices.actions.relating import relate, unrelate
from notices.actions.review import return_to_drafter, submit_for_review
from notices.actions.withdrawing import withdraw
from notices.models import Notice, NoticeRelation
from notices.states import BINDING_KINDS, RelationKind
from onepublic.core.errors import Refused, Stale
from tests.factories.accounts import DivisionFactory, OrganizationFactory
from tests.factories.notices import a_draft, approver_of, in_review, published

pytestmark = pytest.mark.django_db


def a_published_one(**changes: Any) -> Notice:
    return published(to=[OrganizationFactory.create()], **changes)


def correction_of(notice: Notice) -> Notice:
    """The notice with a correction in hand, in which relations can be stated."""
    begin_correction(notice, by=notice.created_by, reason="追記", acknowledge_again=False)
    return notice


def say(notice: Notice, kind: str, *, to: Notice) -> NoticeRelation:
    return relate(notice, to=to, kind=kind, by=notice.created_by)


def send(notice: Notice) -> Notice:
    submit_for_review(notice, by=notice.created_by)
    return publish(notice, by=approver_of(notice.division))


def ready(**changes: Any) -> Notice:
    """A complete draft with its audience, back with its drafter."""
    notice = in_review(to=[OrganizationFactory.create()], **changes)
    return_to_drafter(notice, by=approver_of(notice.division), reason="関連")
    return notice


def test_a_draft_refers_to_a_published_notice_once() -> None:
    earlier, notice = a_published_one(), a_draft()

    for _ in range(2):
        say(notice, RelationKind.AMENDS, to=earlier)

    relation = NoticeRelation.objects.get()
    assert (relation.source, relation.target, relation.kind) == (notice, earlier, "amends")
    assert relation.since == 1


def test_it_refers_to_no_draft_and_to_nothing_withdrawn() -> None:
    notice, gone = a_draft(), a_published_one()
    withdraw(gone, by=approver_of(gone.division), reason="誤り")

    for target in (a_draft(), gone):
        with pytest.raises(Refused, match="発出済みの通知だけ"):
            say(notice, RelationKind.RELATED, to=target)


def test_it_does_not_refer_to_itself() -> None:
    notice = correction_of(a_published_one())

    with pytest.raises(Refused, match="この通知自身"):
        say(notice, RelationKind.RELATED, to=notice)


def test_it_does_not_both_repeal_and_amend() -> None:
    earlier, notice = a_published_one(), a_draft()
    say(notice, RelationKind.REPEALS, to=earlier)

    with pytest.raises(Refused, match="すでに「廃止」として関連付けています"):
        say(notice, RelationKind.AMENDS, to=earlier)


def test_two_notices_do_not_amend_each_other() -> None:
    first, second = a_published_one(), ready()
    say(second, RelationKind.AMENDS, to=first)
    send(second)

    with pytest.raises(Refused, match="互いに改正することはできません"):
        say(correction_of(first), RelationKind.AMENDS, to=second)


def test_a_circle_over_three_notices_is_refused() -> None:
    first, second, third = a_published_one(), ready(), ready()
    say(second, RelationKind.AMENDS, to=first)
    send(second)
    say(third, RelationKind.CORRECTS, to=second)
    send(third)

    with pytest.raises(Refused, match="互いに廃止することはできません"):
        say(correction_of(first), RelationKind.REPEALS, to=third)


def test_what_came_later_is_not_amended_but_may_be_related() -> None:
    first, later = a_published_one(), a_published_one()
    correction_of(first)

    with pytest.raises(Refused, match="後に発出された通知を、改正することはできません"):
        say(first, RelationKind.AMENDS, to=later)
    assert say(first, RelationKind.RELATED, to=later).since == 2


@pytest.mark.parametrize("kind", BINDING_KINDS)
def test_what_is_repealed_already_is_neither_repealed_nor_amended(kind: str) -> None:
    earlier, repeal = a_published_one(), ready(title="廃止の通知")
    say(repeal, RelationKind.REPEALS, to=earlier)
    send(repeal)

    with pytest.raises(Refused, match="すでに「廃止の通知」により廃止されています"):
        say(a_draft(), kind, to=earlier)


def test_of_two_drafts_that_repeal_the_same_the_second_is_not_published() -> None:
    earlier, one, other = a_published_one(), ready(), ready()
    for notice in (one, other):
        say(notice, RelationKind.REPEALS, to=earlier)
    send(one)

    with pytest.raises(Refused, match="すでに「予防接種の実施について」により廃止"):
        send(other)

    other.refresh_from_db()
    assert other.published_at is None


def test_only_drafters_relate_and_only_drafts() -> None:
    earlier, notice = a_published_one(), a_draft()

    with pytest.raises(PermissionDenied):
        relate(notice, to=earlier, kind=RelationKind.RELATED, by=approver_of(notice.division))
    with pytest.raises(Stale):
        say(earlier, RelationKind.RELATED, to=a_published_one())
    with pytest.raises(Stale):
        relate(notice, to=earlier, kind=RelationKind.RELATED, by=notice.created_by, revision=99)


def test_a_draft_drops_a_relation_again() -> None:
    notice = a_draft()
    relation = say(notice, RelationKind.AMENDS, to=a_published_one())

    dropped = [unrelate(notice, relation_id=relation.pk, by=notice.created_by) for _ in "12"]

    assert dropped == [True, False]
    assert NoticeRelation.objects.count() == 0


def test_a_correction_does_not_drop_what_was_stated_before() -> None:
    notice = ready()
    relation = say(notice, RelationKind.AMENDS, to=a_published_one())
    correction_of(send(notice))

    with pytest.raises(Refused, match="外せません"):
        unrelate(notice, relation_id=relation.pk, by=notice.created_by)


def test_what_a_correction_in_hand_says_is_not_in_effect_yet() -> None:
    earlier, notice = a_published_one(issued_on=date(2026, 4, 1)), a_published_one()
    say(correction_of(notice), RelationKind.REPEALS, to=earlier)
    before = earlier in Notice.objects.in_force()

    send(notice)

    assert (before, earlier in Notice.objects.in_force()) == (True, False)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    edges=st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from(RelationKind.values)),
        max_size=14,
    )
)
def test_no_cycle_can_be_stored_by_any_way_into_the_database(
    edges: list[tuple[int, int, str]],
) -> None:
    with transaction.atomic():
        division = DivisionFactory.create()
        notices = [a_draft(division=division) for _ in range(5)]
        for source, target, kind in edges:
            store_if_possible(notices[source], notices[target], kind)

        assert not has_cycle()
        transaction.set_rollback(True)


def store_if_possible(source: Notice, target: Notice, kind: str) -> None:
    """Past every check of ours, straight into the table."""
    try:
        with transaction.atomic():
            NoticeRelation.objects.create(source=source, target=target, kind=kind)
    except DatabaseError:
        return


def has_cycle() -> bool:
    edges = set(
        NoticeRelation.objects.filter(kind__in=BINDING_KINDS).values_list("source", "target")
    )
    while leaves := {target for _, target in edges} - {source for source, _ in edges}:
        edges = {(source, target) for source, target in edges if target not in leaves}
    return bool(edges)


def test_the_check_for_cycles_finds_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control of the property above: related ones may go in circles."""
    one, other = a_draft(), a_draft()
    for source, target in ((one, other), (other, one)):
        NoticeRelation.objects.create(source=source, target=target, kind=RelationKind.RELATED)
    monkeypatch.setattr(f"{__name__}.BINDING_KINDS", tuple(RelationKind))

    assert has_cycle()
