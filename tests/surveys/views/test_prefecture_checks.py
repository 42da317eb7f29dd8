from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from surveys.actions import pull_back, submit
from surveys.actions.prefecture_checks import return_to_municipality
from surveys.models import Assignment, Remark
from surveys.states import AssignmentState, PrefecturePart
from tests.factories.accounts import person_at
from tests.factories.surveys import submitted
from tests.surveys.prefecture import Area

pytestmark = pytest.mark.django_db


class Desk:
    """The prefecture's officer, signed in, with villages that have handed in."""

    def __init__(self, client: Client, size: int = 1) -> None:
        self.area = Area(size, prefecture_part=PrefecturePart.CHECK)
        self.done = [submitted(one) for one in self.area.asked]
        self.client = client
        client.force_login(self.area.officer)

    def page(self, name: str = "checking") -> str:
        return reverse(f"surveys:{name}", args=[self.done[0].pk])

    @property
    def list_page(self) -> str:
        return reverse("surveys:municipalities", args=[self.area.survey.pk])

    def confirm(self, **typed: Any) -> Any:
        page = reverse("surveys:confirmations", args=[self.area.survey.pk])
        return self.client.post(page, typed, follow=True)

    @property
    def confirmed(self) -> list[bool]:
        rows = Assignment.objects.filter(survey=self.area.survey).order_by("pk")
        return [one.confirmed_at is not None for one in rows]


@pytest.fixture
def desk(client: Client) -> Desk:
    return Desk(client)


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_it_shows_the_answers_and_confirms_what_it_showed(desk: Desk) -> None:
    shown = desk.client.get(desk.page()).context
    receipt = shown["submission"].receipt_number

    response = desk.client.post(desk.page("checking_confirmation"), {"receipt": receipt})

    assert (shown["can_confirm"], shown["can_return"]) == (True, True)
    assert response.headers["Location"] == desk.list_page
    assert desk.confirmed == [True]


def test_what_was_handed_in_anew_is_not_confirmed_unread(desk: Desk) -> None:
    (done,) = desk.done
    pull_back(done, by=person_at(done.organization))
    submit(done, by=person_at(done.organization))

    typed = {"receipt": done.receipt_number}
    response = desk.client.post(desk.page("checking_confirmation"), typed, follow=True)

    assert desk.confirmed == [False]
    assert said(response) == [
        "確認を待つ回答はありませんでした。取り戻されたか、すでに確認済みです。"
    ]


def test_it_is_returned_with_remarks_that_stand_there_the_next_time(desk: Desk) -> None:
    (done,) = desk.done
    typed = {"reason": "数を確かめてください。", "remark-staff": "常勤だけですか。"}

    desk.client.post(desk.page("checking_return"), typed)

    assert Assignment.objects.get(pk=done.pk).state == AssignmentState.RETURNED
    assert desk.client.get(desk.page()).status_code == 404
    submit(done, by=person_at(done.organization))
    again = desk.client.get(desk.page()).context["said"]
    texts = {question: [remark.text for remark in remarks] for question, remarks in again.items()}
    assert texts == {"": ["数を確かめてください。"], "staff": ["常勤だけですか。"]}


def test_the_municipality_reads_the_remark_at_its_question(desk: Desk, client: Client) -> None:
    (done,) = desk.done
    remarks = {"staff": "常勤だけですか。"}
    return_to_municipality(done, by=desk.area.officer, reason="数の確認", remarks=remarks)
    client.force_login(person_at(done.organization))

    page = client.get(reverse("surveys:section", args=[done.pk, "s1"]))

    assertContains(page, "常勤だけですか。")
    assertContains(page, "（都道府県）")


def test_a_return_without_reason_keeps_what_was_typed(desk: Desk) -> None:
    typed = {"reason": "", "until": "あした", "remark-staff": "常勤だけですか。"}

    response = desk.client.post(desk.page("checking_return"), typed)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"reason", "until"}
    assertContains(response, "常勤だけですか。", status_code=422)
    assert Remark.objects.count() == 0


def test_a_refused_day_keeps_what_was_typed(desk: Desk) -> None:
    (done,) = desk.done
    late = {"reason": "誤り", "until": "2030-01-01", "remark-staff": "常勤だけですか。"}

    response = desk.client.post(desk.page("checking_return"), late)

    assert response.context["form"].errors["until"][0].startswith("直す期限は、今日から回答期限")
    assertContains(response, "常勤だけですか。", status_code=422)
    assert Assignment.objects.get(pk=done.pk).state == AssignmentState.SUBMITTED


def test_those_that_are_ticked_are_confirmed(client: Client) -> None:
    desk = Desk(client, 3)
    receipts = [str(one.receipt_number) for one in desk.done[:2]]

    response = desk.confirm(receipt=receipts, show="waiting")

    assert response.redirect_chain == [(f"{desk.list_page}?show=waiting", 302)]
    assert said(response) == ["2団体の回答を確認済みにしました。"]
    assert desk.confirmed == [True, True, False]


def test_a_number_that_no_column_can_hold_is_nobodys(desk: Desk) -> None:
    alone = desk.client.post(desk.page("checking_confirmation"), {"receipt": "\0"}, follow=True)

    among_many = desk.confirm(receipt=["\0", "x"])

    nothing = "確認を待つ回答はありませんでした。取り戻されたか、すでに確認済みです。"
    assert (said(alone), said(among_many)) == ([nothing], [nothing])
    assert desk.confirmed == [False]


@pytest.mark.parametrize("before", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "x"])
def test_a_moment_that_no_page_shows_confirms_nothing(desk: Desk, before: str) -> None:
    desk.confirm(all="1", before=before)

    assert desk.confirmed == [False]


def test_all_that_wait_are_confirmed(client: Client) -> None:
    desk = Desk(client, 3)
    asked = client.get(reverse("surveys:confirmations", args=[desk.area.survey.pk]))

    desk.confirm(all="1", before=asked.context["now"].isoformat())

    assert len(asked.context["waiting"]) == 3
    assert "3団体の回答を確認済みにしますか" in asked.content.decode()
    assert desk.confirmed == [True, True, True]


def test_nothing_chosen_confirms_nothing(desk: Desk) -> None:
    response = desk.confirm()

    assert said(response) == ["確認する市区町村を選んでください。"]
    assert desk.confirmed == [False]


@pytest.mark.parametrize("before", ["", "昨日", "2026-11-23T10:00"])
def test_all_are_asked_about_where_no_page_has_asked(desk: Desk, before: str) -> None:
    response = desk.confirm(all="1", before=before)

    assert "1団体の回答を確認済みにしますか" in response.content.decode()
    assert desk.confirmed == [False]


def test_where_none_waits_there_is_nothing_to_ask(desk: Desk) -> None:
    desk.confirm(receipt=[desk.done[0].receipt_number])

    response = desk.client.get(
        reverse("surveys:confirmations", args=[desk.area.survey.pk]), follow=True
    )

    assert "確認を待つ回答はありませんでした" in said(response)[0]
    assert "まとめて確認済みにする" not in response.content.decode()
