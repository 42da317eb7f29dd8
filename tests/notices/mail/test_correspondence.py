from datetime import date

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organization
from accounts.states import Role
from notices.actions.cover_notes import Words, publish_cover_note, write
from notices.actions.nudging import nudge
from notices.models import Notice
from notices.states import NudgeAim
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Letter, render
from tests.factories.accounts import OrganizationFactory, PrefectureFactory, person_at
from tests.factories.notices import answered_question, drafter_of, published, taken_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def prefecture() -> Organization:
    return PrefectureFactory.create(name="緑県")


@pytest.fixture
def town(prefecture: Organization) -> Organization:
    return OrganizationFactory.create(prefecture=prefecture, name="青村")


@pytest.fixture
def notice(town: Organization) -> Notice:
    person_at(town)
    return published(to=[town], due_on=date(2026, 12, 11))


def letters(kind: str) -> list[Letter]:
    messages = list(OutboxMessage.objects.filter(kind=kind).select_related("person"))
    return list(render(messages).letters.values())


def test_a_cover_note_is_told_of_without_its_content(
    notice: Notice, prefecture: Organization
) -> None:
    writer = person_at(prefecture)
    words = Words(text="内緒の本文", due_on=timezone.localdate())
    note = write(notice, by=writer, words=words, revision=0)
    publish_cover_note(notice, by=writer, revision=note.revision)

    (letter,) = letters("cover_note_published")

    assert letter.subject == "［OnePublic］緑県からの連絡：予防接種の実施について"
    assert f"{settings.PORTAL_URL}/notices/{notice.pk}/\n" in letter.text
    assert "緑県への期限：" in letter.text
    assert "内緒の本文" not in letter.text


def test_a_reminder_names_its_sender_and_the_day(notice: Notice, prefecture: Organization) -> None:
    nudge(notice, by=person_at(prefecture), aim=NudgeAim.UNACKNOWLEDGED)

    (letter,) = letters("notice_nudge")

    assert letter.subject == "［OnePublic］【確認のお願い】予防接種の実施について"
    assert "まだ確認済みになっていません" in letter.text
    assert "対応の期限：令和８年12月11日（金）" in letter.text
    assert "この催促の送り主：緑県" in letter.text


def test_questions_and_answers_are_pointed_at(notice: Notice, town: Organization) -> None:
    drafter = drafter_of(notice.division)
    question = answered_question(notice, by=person_at(town), answered_by=drafter)

    asked, answered = letters("question_asked")[0], letters("question_answered")[0]

    address = f"{settings.PORTAL_URL}/notices/{notice.pk}/questions/{question.pk}/"
    assert asked.subject == "［OnePublic］通知への質問：予防接種の実施について"
    assert f"質問した団体：{town.full_name}" in asked.text
    assert answered.subject == "［OnePublic］質問への回答：予防接種の実施について"
    for letter in (asked, answered):
        assert address in letter.text
        assert "押印" not in letter.text


def test_nothing_is_sent_about_a_withdrawn_notice(
    notice: Notice, town: Organization, prefecture: Organization
) -> None:
    drafter = drafter_of(notice.division)
    nudge(notice, by=person_at(prefecture), aim=NudgeAim.UNOPENED)
    answered_question(notice, by=person_at(town), answered_by=drafter)

    taken_back(notice)

    kinds = ("notice_nudge", "question_asked", "question_answered")
    assert [letters(kind) for kind in kinds] == [[], [], []]


@pytest.mark.parametrize("count", [1, 3])
def test_letters_cost_one_query_for_any_number(
    notice: Notice,
    town: Organization,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(count):
        person_at(town, Role.VIEWER)
    nudge(notice, by=drafter_of(notice.division), aim=NudgeAim.UNOPENED)
    rows = OutboxMessage.objects.filter(kind="notice_nudge").select_related("person")
    messages = list(rows)

    with django_assert_num_queries(1):
        found = render(messages).letters

    assert len(found) == count + 1
