"""Acts at the same time on two notices that relate to each other: neither waits for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import OperationalError, connection

from notices.actions import publication, relating
from notices.actions.correcting import begin_correction
from notices.actions.locking import locked, locked_with, locked_with_targets
from notices.actions.publication import publish
from notices.actions.relating import relate
from notices.actions.review import submit_for_review
from notices.models import Notice, NoticeRelation
from notices.states import RelationKind
from tests.factories.accounts import OrganizationFactory
from tests.factories.notices import approver_of, published

pytestmark = pytest.mark.django_db(transaction=True)
Lock = Callable[..., Notice]


def meeting(lock: Lock, *, seconds: float) -> Lock:
    """``lock``, after which each waits so long at most for the other to hold its lock too."""
    both_hold = Barrier(2)

    def hold(*given: Any) -> Notice:
        held = lock(*given)
        with suppress(BrokenBarrierError):
            both_hold.wait(seconds)
        return held

    return hold


def at_once(*acts: Callable[[], object]) -> list[type[BaseException] | None]:
    """What each act, in a connection of its own, raised."""
    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        running = [pool.submit(in_own_connection, act) for act in acts]
        raised = [one.exception(timeout=120) for one in running]
    return [type(error) if error else None for error in raised]


def in_own_connection(act: Callable[[], object]) -> object:
    try:
        return act()
    finally:
        connection.close()


def two_being_corrected() -> tuple[Notice, Notice]:
    village = OrganizationFactory.create()
    one, other = published(to=[village]), published(to=[village])
    for notice in (one, other):
        begin_correction(notice, by=notice.created_by, reason="誤り", acknowledge_again=False)
    return one, other


def crosswise(one: Notice, other: Notice) -> list[Callable[[], object]]:
    kind = RelationKind.RELATED
    return [
        partial(relate, one, to=other, kind=kind, by=one.created_by),
        partial(relate, other, to=one, kind=kind, by=other.created_by),
    ]


def publishing_both() -> list[Callable[[], object]]:
    notices = two_being_corrected()
    for state_relation in crosswise(*notices):
        state_relation()
    for notice in notices:
        submit_for_review(notice, by=notice.created_by)
    return [partial(publish, one, by=approver_of(one.division)) for one in notices]


def test_both_are_published(monkeypatch: pytest.MonkeyPatch) -> None:
    acts, lock = publishing_both(), meeting(locked_with_targets, seconds=0.5)
    monkeypatch.setattr(publication, "locked_with_targets", lock)

    assert at_once(*acts) == [None, None]
    assert set(Notice.objects.values_list("current_version__sequence")) == {(2,)}


def test_each_holding_its_own_alone_one_publication_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the database ends a wait in a circle by giving one of them up."""
    acts = publishing_both()
    monkeypatch.setattr(publication, "locked_with_targets", meeting(locked, seconds=60))

    assert set(at_once(*acts)) == {None, OperationalError}


def test_both_state_that_they_are_related(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relating, "locked_with", meeting(locked_with, seconds=0.5))

    assert at_once(*crosswise(*two_being_corrected())) == [None, None]
    assert NoticeRelation.objects.count() == 2


def test_each_holding_its_own_alone_one_relation_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control."""
    own_alone = meeting(lambda notice, _: locked(notice), seconds=60)
    monkeypatch.setattr(relating, "locked_with", own_alone)

    assert set(at_once(*crosswise(*two_being_corrected()))) == {None, OperationalError}
