from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.states import Role
from onepublic.core.errors import Refused, Stale
from onepublic.mail.models import OutboxMessage
from surveys.actions import close_survey
from surveys.actions.prefecture_rounds import RoundWords, write_round
from surveys.models import PrefectureRound
from surveys.states import PrefecturePart
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.surveys.prefecture import Area
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db


def say(area: Area, *, revision: int = 0, tell: bool = False, **words: Any) -> PrefectureRound:
    said = RoundWords(**({"note": "早めに提出してください。"} | words))
    return write_round(area.survey, by=area.officer, words=said, revision=revision, tell=tell)


def paper(name: str = "様式.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"text")


def test_the_words_are_replaced_and_their_revisions_counted() -> None:
    area = Area()
    first = say(area, uploads=[paper("一.txt"), paper("二.txt")])
    gone = first.files.get(name="一.txt")

    second = say(area, revision=1, note="直しました。", without=[gone.pk], uploads=[paper()])

    assert (second.pk, second.note, second.revision) == (first.pk, "直しました。", 2)
    assert sorted(second.files.values_list("name", flat=True)) == ["二.txt", "様式.txt"]


def test_what_another_person_wrote_meanwhile_is_not_replaced_unseen() -> None:
    area = Area()
    say(area)

    with pytest.raises(Stale):
        say(area, note="別の人")

    assert PrefectureRound.objects.get().note == "早めに提出してください。"


def test_the_windows_that_are_asked_are_told_each_time() -> None:
    area = Area(2)
    told = [person_at(village) for village in area.villages]
    person_at(DivisionFactory.create(organization=area.villages[0]))
    person_at(OrganizationFactory.create(prefecture=area.prefecture))

    say(area)
    silent = OutboxMessage.objects.count()
    say(area, revision=1, tell=True)
    say(area, revision=2, tell=True)

    messages = OutboxMessage.objects.filter(kind="prefecture_round")
    assert silent == 0
    assert sorted(m.person_id for m in messages) == sorted([person.pk for person in told] * 2)


def test_its_day_is_before_the_ministrys() -> None:
    area = Area()
    last = area.survey.due_on

    with pytest.raises(Refused, match="より前の日"):
        say(area, due_on=last)
    said = say(area, due_on=last - timedelta(days=1))

    assert said.due_on == last - timedelta(days=1)
    assert area.asked[0].due_on == last


def test_nothing_is_told_without_words_and_nothing_said_of_a_closed_survey() -> None:
    area = Area()
    with pytest.raises(Refused, match="入力してから"):
        say(area, note=" ", tell=True)
    with pytest.raises(Refused, match="20件まで"):
        say(area, uploads=[paper() for _ in range(21)])
    with pytest.raises(ValidationError):
        say(area, uploads=[SimpleUploadedFile("x.exe", b"MZ")])
    close_survey(area.survey, by=area.survey.created_by)
    with pytest.raises(Refused, match="受付中でない"):
        say(area)


def test_only_writers_of_a_prefecture_with_a_part_write() -> None:
    area, kept = Area(), Area(prefecture_part=PrefecturePart.NONE)
    people = [
        (area, person_at(area.prefecture, Role.VIEWER)),
        (area, person_at(area.villages[0])),
        (area, area.survey.created_by),
        (kept, kept.officer),
    ]

    for place, person in people:
        with pytest.raises(PermissionDenied):
            write_round(place.survey, by=person, words=RoundWords(note="連絡"), revision=0)

    assert PrefectureRound.objects.count() == 0


def test_it_is_seen_by_the_prefecture_and_its_municipalities_that_are_asked() -> None:
    area, elsewhere = Area(), Area()
    said = say(area)
    neighbour = OrganizationFactory.create(prefecture=area.prefecture)
    seeing = [person_at(area.prefecture, Role.VIEWER), person_at(area.villages[0])]
    others = [person_at(neighbour), person_at(elsewhere.villages[0]), elsewhere.officer]

    counts = [PrefectureRound.objects.visible_to(each).count() for each in [*seeing, *others]]

    assert counts == [1, 1, 0, 0, 0]
    assert list(PrefectureRound.objects.visible_to(seeing[1])) == [said]


def _two_windows() -> list[Any]:
    area = Area()
    say(area)
    acts = [
        lambda: say(area, revision=1, note="一人目").note,
        lambda: say(area, revision=1, note="二人目").note,
    ]
    return at_once(acts, before='UPDATE "surveys_prefectureround"')


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_told_of_the_other() -> None:
    outcomes = _two_windows()

    assert sorted(isinstance(each, Stale) for each in outcomes) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_one_would_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)

    assert sorted(_two_windows()) == ["一人目", "二人目"]
