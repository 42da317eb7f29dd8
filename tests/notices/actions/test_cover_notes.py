from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Organization, User
from accounts.states import Role
from notices.actions import cover_notes
from notices.actions.cover_notes import Words, publish_cover_note, write
from notices.models import CoverNote, Notice
from onepublic.audit.models import events_of
from onepublic.core.errors import Refused, Stale
from onepublic.files.models import StoredFile
from onepublic.files.states import ScanState
from onepublic.mail.models import OutboxMessage
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    RegionalBureauFactory,
    person_at,
)
from tests.factories.notices import published, taken_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def prefecture() -> Organization:
    return PrefectureFactory.create(regional_bureau=RegionalBureauFactory.create())


@pytest.fixture
def town(prefecture: Organization) -> Organization:
    return OrganizationFactory.create(prefecture=prefecture)


@pytest.fixture
def writer(prefecture: Organization) -> User:
    return person_at(prefecture, Role.DRAFTER)


@pytest.fixture
def notice(town: Organization) -> Notice:
    return published(to=[town, OrganizationFactory.create()])


def said(notice: Notice, by: User, *, revision: int = 0, **words: Any) -> CoverNote:
    return write(
        notice, by=by, words=Words(**{"text": "県の窓口は健康課です。"} | words), revision=revision
    )


def out(notice: Notice, by: User, **words: Any) -> CoverNote:
    """Written and published."""
    note = said(notice, by, **words)
    return publish_cover_note(notice, by=by, revision=note.revision)


def upload(name: str = "様式.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"text")


def seen_by(person: User) -> list[CoverNote]:
    return list(CoverNote.objects.visible_to(person))


def test_a_draft_is_the_prefectures_own(
    notice: Notice, writer: User, prefecture: Organization, town: Organization
) -> None:
    note = said(notice, writer)

    assert seen_by(person_at(prefecture, Role.VIEWER)) == [note]
    assert seen_by(person_at(town)) == []
    assert seen_by(person_at(notice.division)) == []


def test_published_it_is_seen_by_the_area_and_above_only(
    notice: Notice, writer: User, prefecture: Organization, town: Organization
) -> None:
    note = out(notice, writer)
    elsewhere = notice.deliveries.exclude(organization=town).get().organization
    assert prefecture.regional_bureau
    assert elsewhere.prefecture
    untouched = OrganizationFactory.create(prefecture=prefecture)

    sees = [person_at(town), person_at(notice.division), person_at(prefecture.regional_bureau)]
    blind = [person_at(elsewhere), person_at(elsewhere.prefecture), person_at(untouched)]

    assert [seen_by(person) for person in sees] == [[note]] * 3
    assert [seen_by(person) for person in blind] == [[]] * 3


def test_publication_tells_the_towns_that_got_the_notice(
    notice: Notice, writer: User, prefecture: Organization, town: Organization
) -> None:
    officer = person_at(town)
    person_at(OrganizationFactory.create(prefecture=prefecture))
    for delivery in notice.deliveries.exclude(organization=town):
        person_at(delivery.organization)

    note = out(notice, writer)

    mails = OutboxMessage.objects.filter(kind="cover_note_published", subject_id=note.pk)
    assert [mail.person for mail in mails] == [officer]
    assert [event.action for event in events_of(note)] == [
        "cover_note.written",
        "cover_note.published",
    ]


def test_twice_is_one_publication(notice: Notice, writer: User) -> None:
    note = out(notice, writer)

    with pytest.raises(Stale, match="すでに公開"):
        publish_cover_note(notice, by=writer, revision=note.revision)


def test_the_next_wording_keeps_the_files_and_is_marked(notice: Notice, writer: User) -> None:
    first = out(notice, writer, uploads=[upload("一.txt"), upload("二.txt")])
    dropped = first.files.get(position=1).file_id

    second = out(
        notice, writer, text="窓口が変わりました。", without=[dropped], uploads=[upload("三.txt")]
    )

    assert (first.is_renewed, second.is_renewed) == (False, True)
    assert [str(one) for one in first.files.all()] == ["一.txt", "二.txt"]
    assert [str(one) for one in second.files.all()] == ["二.txt", "三.txt"]
    newest = CoverNote.objects.visible_to(writer).published().newest_of_each()
    assert list(newest) == [second]


def test_the_original_is_untouched(notice: Notice, writer: User) -> None:
    before = Notice.objects.filter(pk=notice.pk).values().get()

    out(notice, writer)

    assert Notice.objects.filter(pk=notice.pk).values().get() == before


def test_two_windows_do_not_overwrite_each_other(notice: Notice, writer: User) -> None:
    said(notice, writer, text="先に保存")

    with pytest.raises(Stale, match="変更されています"):
        said(notice, writer, text="後から保存")
    assert CoverNote.objects.get().text == "先に保存"


def test_what_was_not_seen_is_not_published(notice: Notice, writer: User) -> None:
    note = said(notice, writer)
    said(notice, writer, revision=note.revision, text="直した")

    with pytest.raises(Stale, match="変更されています"):
        publish_cover_note(notice, by=writer, revision=note.revision)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ORG_ADMIN])
def test_only_drafters_and_approvers_write(
    notice: Notice, prefecture: Organization, role: Role
) -> None:
    with pytest.raises(PermissionDenied):
        said(notice, person_at(prefecture, role))


def test_others_do_not_write(notice: Notice, town: Organization) -> None:
    outside = PrefectureFactory.create()
    OrganizationFactory.create(prefecture=outside)
    people = [person_at(town), person_at(outside), person_at(DivisionFactory.create())]

    for person in people:
        with pytest.raises(PermissionDenied):
            said(notice, person)


def test_a_file_in_quarantine_holds_it_back(notice: Notice, writer: User) -> None:
    note = said(notice, writer, uploads=[upload()])
    StoredFile.objects.update(scan_state=ScanState.WAITING)

    with pytest.raises(Refused, match="様式"):
        publish_cover_note(notice, by=writer, revision=note.revision)


def test_bad_and_too_many_files_are_refused(
    notice: Notice, writer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValidationError):
        said(notice, writer, uploads=[SimpleUploadedFile("x.exe", b"MZ")])
    monkeypatch.setattr(cover_notes, "MOST_FILES", 1)

    with pytest.raises(Refused, match="まで"):
        said(notice, writer, uploads=[upload(), upload()])


def test_a_withdrawn_notice_takes_no_note_and_hides_it(
    notice: Notice, writer: User, town: Organization
) -> None:
    out(notice, writer, due_on=timezone.localdate() + timedelta(days=3))
    taken_back(notice)

    with pytest.raises(Stale, match="取り下げ"):
        said(notice, writer)
    assert seen_by(person_at(town)) == []
    assert seen_by(writer) == []
