from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from notices.actions.drafting import edit, restore_copy
from notices.actions.keeping import MOST_COPIES, as_json, from_json, text_of
from notices.actions.manuscript import ContactLine
from notices.models import DraftCopy, Notice
from onepublic.audit.models import AuditEvent, events_of
from onepublic.core.errors import Stale
from tests.factories.accounts import DivisionFactory
from tests.factories.notices import (
    a_draft,
    approver_of,
    drafter_of,
    manuscript,
    topic,
    version_of,
)

pytestmark = pytest.mark.django_db


def retitle(notice: Notice, title: str, *, by: User | None = None, autosaved: bool = True) -> None:
    text = manuscript(title=title, number="")
    edit(notice, by=by or notice.created_by, manuscript=text, autosaved=autosaved)


def titles(notice: Notice) -> list[str]:
    return [copy.content["title"] for copy in DraftCopy.objects.filter(version__notice=notice)]


def test_a_text_comes_back_from_its_json() -> None:
    first, second = DivisionFactory.create_batch(2)
    notice = a_draft(
        joint_issuers=[second, first],
        own_place=2,
        due_on=date(2026, 12, 1),
        effective_on=date(2027, 4, 1),
        contacts=[ContactLine(division="課", mail="a@example.jp")],
        topics=[topic("予防接種")],
    )

    text = text_of(version_of(notice))

    assert from_json(as_json(text)) == text
    assert (list(text.joint_issuers), text.own_place) == ([second, first], 2)


def test_what_another_person_wrote_is_kept() -> None:
    notice = a_draft(title="はじめの件名")
    retitle(notice, "二人目", by=drafter_of(notice.division))
    retitle(notice, "一人目")

    assert titles(notice) == ["二人目", "はじめの件名"]


def test_saving_again_in_one_sitting_keeps_and_records_once() -> None:
    notice = a_draft(title="はじめの件名")
    for number in range(4):
        retitle(notice, f"件名{number}")

    assert titles(notice) == ["はじめの件名"]
    assert events_of(notice).filter(action="notice.edited").count() == 1


def test_pressing_the_button_is_recorded_each_time() -> None:
    notice = a_draft()
    retitle(notice, "件名", autosaved=False)
    retitle(notice, "件名", autosaved=False)

    assert events_of(notice).filter(action="notice.edited").count() == 2


def test_copies_have_a_limit() -> None:
    notice = a_draft()
    others = [notice.created_by, drafter_of(notice.division)]
    for number in range(MOST_COPIES + 3):
        retitle(notice, f"件名{number}", by=others[number % 2])

    kept = titles(notice)
    assert (len(kept), kept[0]) == (MOST_COPIES, f"件名{MOST_COPIES + 1}")


def test_an_earlier_text_comes_back_and_the_present_one_is_kept() -> None:
    notice = a_draft(title="はじめの件名")
    other = drafter_of(notice.division)
    retitle(notice, "二人目", by=other)
    copy = DraftCopy.objects.get()

    assert restore_copy(notice, by=other, copy_id=copy.pk)

    assert version_of(notice).title == "はじめの件名"
    assert "二人目" in titles(notice)
    assert AuditEvent.objects.filter(action="notice.restored").count() == 1


def test_restoring_is_the_drafters_on_a_fresh_page_from_its_own_copies() -> None:
    notice, foreign = a_draft(), a_draft()
    retitle(foreign, "別", by=drafter_of(foreign.division))
    copy = DraftCopy.objects.get()

    assert not restore_copy(notice, by=notice.created_by, copy_id=copy.pk)
    with pytest.raises(PermissionDenied):
        restore_copy(foreign, by=approver_of(foreign.division), copy_id=copy.pk)
    with pytest.raises(Stale):
        restore_copy(foreign, by=foreign.created_by, copy_id=copy.pk, revision=99)


def test_a_copy_tells_when_its_text_was_written() -> None:
    notice = a_draft()
    retitle(notice, "二人目", by=drafter_of(notice.division))

    copy = DraftCopy.objects.get()
    assert copy.written_by == notice.created_by
    assert timezone.now() - copy.written_at < timedelta(minutes=1)
