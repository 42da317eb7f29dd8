from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.states import Role
from notices.actions.agreeing import agree
from notices.actions.questions import answer
from notices.actions.receiving import acknowledge
from notices.models import IssuingRule, NoticeVersion
from onepublic.home.cards import Card, ministry_cards, receiving_cards
from onepublic.navigation import navigation_for
from surveys.actions import ask_extension, return_inside
from surveys.actions.inquiries import ask_inquiry
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import a_draft, asked_question, asking, in_review, published
from tests.factories.surveys import (
    assignment_of,
    awaiting_approval,
    running_survey,
    survey_in_review,
)

pytestmark = pytest.mark.django_db


def counts(cards: list[Card]) -> list[tuple[str, int, str]]:
    return [(card.title, card.count, card.note) for card in cards]


def rows_behind(card: Card, person: User) -> int:
    client = Client()
    client.force_login(person)
    return len(client.get(card.url).context["page"].rows)


def test_a_town_sees_how_much_waits_and_how_much_of_it_is_late() -> None:
    town, other = OrganizationFactory.create_batch(2)
    today = timezone.localdate()
    for days in (-1, 0, 5, None):
        due_on = None if days is None else today + timedelta(days=days)
        published(to=[town, other], due_on=due_on)
    acknowledge(published(to=[town]), by=person_at(town))
    for days in (-1, 3, 4):
        due_on = today + timedelta(days=days)
        running_survey(town, opens_on=today - timedelta(days=9), due_on=due_on)
    running_survey(other)

    assert counts(receiving_cards(person_at(town))) == [
        ("確認する通知", 4, "うち期限つき2件、期限超過1件"),
        ("対応する通知", 0, ""),
        ("未開封の通知", 4, ""),
        ("回答する調査", 3, "うちあと3日以内1件、期限超過1件"),
    ]


def test_a_card_of_a_town_leads_to_the_list_that_it_counts() -> None:
    town = OrganizationFactory.create()
    officer = person_at(town, Role.DRAFTER)
    for _ in range(2):
        published(to=[town])
    acknowledge(asking(to=[town], due_on=date(2026, 12, 11)), by=officer)

    to_acknowledge, to_act_on, unopened, _ = receiving_cards(officer)

    assert (to_acknowledge.count, rows_behind(to_acknowledge, officer)) == (2, 2)
    assert (to_act_on.count, rows_behind(to_act_on, officer)) == (1, 1)
    assert (unopened.count, rows_behind(unopened, officer)) == (2, 2)


def test_a_drafter_sees_what_the_own_division_writes_and_what_the_ministry_sent() -> None:
    town = OrganizationFactory.create()
    own, other = DivisionFactory.create_batch(2)
    a_draft(division=own)
    in_review(to=[town], division=own)
    in_review(to=[town], division=other)
    published(to=[town], division=other)
    running_survey(town, division=other)

    cards = ministry_cards(person_at(own, Role.DRAFTER))

    assert counts(cards) == [
        ("決裁を待つ起案", 1, ""),
        ("発出していない起案", 2, ""),
        ("省が発出した通知", 1, ""),
        ("実施中の調査", 1, ""),
    ]


def test_answers_and_questions_have_a_card_where_they_are_expected() -> None:
    town, division = OrganizationFactory.create(), DivisionFactory.create()
    officer, drafter = person_at(town), person_at(division, Role.DRAFTER)
    notice = published(to=[town], division=division)
    question = asked_question(notice, by=officer)

    assert ("回答を待つ質問", 1, "") in counts(ministry_cards(drafter))
    assert len(receiving_cards(officer)) == 4

    answer(question, by=drafter, text="不要です。", key=uuid4())
    assert len(ministry_cards(drafter)) == 4
    assert counts(receiving_cards(officer))[-1] == ("回答のあった質問", 1, "")
    assert rows_behind(receiving_cards(officer)[-1], officer) == 1


def test_the_drafts_counted_are_those_of_the_list() -> None:
    division = DivisionFactory.create()
    a_draft(division=division)
    in_review(to=[OrganizationFactory.create()], division=division)
    drafter = person_at(division, Role.DRAFTER)

    waiting, unpublished, *_ = ministry_cards(drafter)

    assert waiting.url == "#approvals"
    assert (unpublished.count, rows_behind(unpublished, drafter)) == (2, 2)


def test_who_neither_drafts_nor_decides_sees_no_counts_of_drafts() -> None:
    viewer = person_at(DivisionFactory.create(), Role.VIEWER)

    assert [card.title for card in ministry_cards(viewer)] == ["省が発出した通知", "実施中の調査"]


def test_an_approver_of_a_joint_division_sees_what_waits_for_the_agreement() -> None:
    joint = DivisionFactory.create()
    IssuingRule.objects.create(division=joint, requires_agreement=True)
    approver = person_at(joint, Role.APPROVER)
    waiting = in_review(to=[OrganizationFactory.create()], joint_issuers=[joint])
    agreed = in_review(to=[OrganizationFactory.create()], joint_issuers=[joint])
    agree(agreed, by=approver)

    [card] = [card for card in ministry_cards(approver) if card.title == "同意を待つ連名"]

    assert card.count == 1
    assert NoticeVersion.objects.waiting_for(approver).get().notice == waiting


def test_what_was_given_back_and_what_waits_for_a_decision_is_counted_as_their_lists_show() -> None:
    city = OrganizationFactory.create()
    approver, drafter = person_at(city, Role.APPROVER), person_at(city, Role.DRAFTER)
    responses = [awaiting_approval(assignment_of(running_survey(city), city)) for _ in range(3)]
    assert cards_after_four(drafter) == []
    assert cards_after_four(approver) == [("決裁を待つ調査の回答", 3, 3)]

    return_inside(responses[0], by=approver, reason="数が違います。", remarks={})

    returned = ("差し戻された調査の回答", 1, 1)
    assert cards_after_four(drafter) == [returned]
    assert cards_after_four(approver) == [returned, ("決裁を待つ調査の回答", 2, 2)]


def cards_after_four(person: User) -> list[tuple[str, int, int]]:
    """Title and count of those that are shown when they count something, and the rows behind."""
    client = Client()
    client.force_login(person)
    return [
        (card.title, card.count, len(client.get(card.url).context["assignments"]))
        for card in receiving_cards(person)[4:]
    ]


def test_what_waits_in_surveys_is_counted_as_their_list_shows() -> None:
    town, division = OrganizationFactory.create(), DivisionFactory.create()
    officer, drafter = person_at(town), person_at(division, Role.DRAFTER)
    asked = [assignment_of(running_survey(town, division=division), town) for _ in range(2)]
    other = assignment_of(running_survey(town), town)
    until = asked[0].due_on + timedelta(days=3)
    for one in (*asked, other):
        ask_inquiry(one, by=officer, question_id="", text="対象はどこですか。")
        ask_inquiry(one, by=officer, question_id="", text="いつの数ですか。")
    ask_extension(asked[0], by=officer, until=until, reason="会議のため")
    ask_extension(other, by=officer, until=until, reason="会議のため")
    survey_in_review(town, division=division)

    assert survey_cards(drafter) == {"回答を待つ調査の質問": 4, "決定を待つ期限の延長": 1}
    approver = person_at(division, Role.APPROVER)
    assert survey_cards(approver)["決裁を待つ調査"] == 1
    assert survey_cards(person_at(division, Role.VIEWER)) == {}
    client = Client()
    client.force_login(drafter)
    shown = client.get(reverse("surveys:surveys")).context["exchanges"]
    assert [(one.pk, one.inquiries, one.extensions) for one in shown] == [
        (asked[0].survey_id, 2, 1),
        (asked[1].survey_id, 2, 0),
    ]
    [entry] = [one for one in navigation_for(drafter, "/") if one.label == "調査の状況"]
    assert entry.count == 5


def survey_cards(person: User) -> dict[str, int]:
    """Titles and counts of the cards that lead to the list of surveys, but the running ones."""
    url = reverse("surveys:surveys")
    cards = [card for card in ministry_cards(person) if card.url == url]
    return {card.title: card.count for card in cards if card.title != "実施中の調査"}
