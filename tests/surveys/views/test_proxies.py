import re
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from accounts.states import Role
from onepublic.mail.models import OutboxMessage
from onepublic.mail.tasks import deliver_due
from surveys.actions import pull_back, return_responses, submit
from surveys.models import Assignment, ProxyEntry
from surveys.proxied import proxied_fields
from tests.factories.accounts import person_at
from tests.factories.surveys import COMPLETE, answer
from tests.surveys.prefecture import Area

pytestmark = pytest.mark.django_db
TYPED = {
    "consent_by": "総務課長　山田太郎",
    "consent_how": "11月23日10時、電話で",
    "reason": "庁舎の被災",
}


class Help:
    """A village that its prefecture's officer, signed in, may help."""

    def __init__(self, client: Client) -> None:
        self.area, self.client = Area(), client
        (self.asked,) = self.area.asked
        self.own: User = person_at(self.asked.organization)
        client.force_login(self.area.officer)

    def begin(self, **typed: str) -> Any:
        keys = [self.area.survey.pk, self.asked.pk]
        return self.client.post(reverse("surveys:proxy", args=keys), TYPED | typed)

    def page(self, name: str, *more: str) -> str:
        return reverse(f"surveys:{name}", args=[self.asked.pk, *more])


@pytest.fixture
def helped(client: Client) -> Help:
    return Help(client)


def test_the_consent_is_recorded_and_shown_to_both(helped: Help, client: Client) -> None:
    response = helped.begin(may_submit="on")

    entry = ProxyEntry.objects.get()
    assert response.headers["Location"] == helped.page("assignment")
    assert (entry.consent_by, entry.may_submit) == ("総務課長　山田太郎", True)
    for person in (helped.area.officer, helped.own):
        client.force_login(person)
        page = client.get(helped.page("assignment"))
        assertContains(page, "11月23日10時、電話で")
        assertContains(page, "代理入力を終える")


def test_who_handed_in_by_proxy_is_led_to_a_page_after_a_return(
    helped: Help, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    helped.begin(may_submit="on")
    answer(helped.asked, helped.area.officer, **COMPLETE)
    submit(helped.asked, by=helped.area.officer)
    survey = helped.area.survey
    OutboxMessage.objects.all().delete()

    return_responses(survey, [helped.asked.pk], by=survey.created_by, reason="単位の誤り")
    deliver_due()

    letters = {mail.to[0]: re.findall(r"http://[^/]+(\S+)", str(mail.body)) for mail in mailoutbox}
    assert letters == {
        helped.own.email: [helped.page("assignment")],
        helped.area.officer.email: [
            f"/surveys/managed/{survey.pk}/municipalities/?prefecture={helped.area.prefecture.code}"
        ],
    }
    for person in (helped.own, helped.area.officer):
        client.force_login(person)
        assert client.get(letters[person.email][0]).status_code == 200
        assertContains(client.get("/notifications/"), "差戻し")


def test_a_consent_without_its_facts_is_sent_back(helped: Help) -> None:
    response = helped.begin(consent_by="", consent_how="")

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"consent_by", "consent_how"}
    assert response.context["form"]["reason"].value() == "庁舎の被災"


def test_begun_twice_says_so(helped: Help) -> None:
    helped.begin()

    assertContains(helped.begin(), "すでに代理入力を始めています。", status_code=422)


def test_the_list_leads_to_it(helped: Help, client: Client) -> None:
    page = reverse("surveys:municipalities", args=[helped.area.survey.pk])
    before = client.get(page)
    client.force_login(person_at(helped.area.prefecture, Role.APPROVER))
    not_drafting = client.get(page)
    client.force_login(helped.area.officer)
    helped.begin()

    form = reverse("surveys:proxy", args=[helped.area.survey.pk, helped.asked.pk])
    assertContains(before, form)
    assertNotContains(not_drafting, form)
    assertContains(client.get(page), "代理入力中")


def test_what_the_prefecture_types_is_marked_where_it_is_read(helped: Help, client: Client) -> None:
    helped.begin()
    answer(helped.asked, helped.own, staff="3")
    section = helped.page("section", "s1")
    plain = [client.get(section), client.get(helped.page("review"))]

    answer(helped.asked, helped.area.officer, desk="false")

    marked = [client.get(section), client.get(helped.page("review"))]
    mark = '<span class="badge badge-info">代理入力</span>'
    for before, after in zip(plain, marked, strict=True):
        assertNotContains(before, mark, html=True)
        assertContains(after, mark, count=1, html=True)


def test_without_consent_to_it_there_is_no_button_to_hand_in(helped: Help, client: Client) -> None:
    helped.begin()
    answer(helped.asked, helped.area.officer, **COMPLETE)

    page = client.get(helped.page("review"))

    assertContains(page, "提出は、市区町村の職員が行います。")
    assertNotContains(page, "決裁を求める")
    assert client.post(helped.page("submission")).status_code == 403


def test_the_receipt_tells_who_handed_in_for_whom(helped: Help, client: Client) -> None:
    helped.begin(may_submit="on")
    answer(helped.asked, helped.own, staff="3")
    answer(helped.asked, helped.area.officer, desk="false")

    client.post(helped.page("submission"))

    receipt = client.get(helped.page("receipt"))
    assertContains(receipt, "同意に基づいて提出した")
    assertContains(receipt, '<span class="badge badge-info">代理入力</span>', count=1, html=True)


def test_an_earlier_receipt_keeps_its_marks(helped: Help, client: Client) -> None:
    helped.begin(may_submit="on")
    answer(helped.asked, helped.area.officer, **COMPLETE)
    submit(helped.asked, by=helped.area.officer)
    pull_back(helped.asked, by=helped.own)
    answer(helped.asked, helped.own, staff="9")
    submit(helped.asked, by=helped.own)

    first, second = helped.asked.submissions.order_by("number")

    assert proxied_fields(first) == {"staff", "desk"}
    assert proxied_fields(second) == {"desk"}


@pytest.mark.parametrize(("who", "target"), [("own", "assignment"), ("officer", "municipalities")])
def test_either_side_ends_it(helped: Help, client: Client, who: str, target: str) -> None:
    helped.begin()
    client.force_login(helped.own if who == "own" else helped.area.officer)

    response = client.post(helped.page("proxy_end"))

    key = helped.asked.pk if who == "own" else helped.area.survey.pk
    assert response.headers["Location"] == reverse(f"surveys:{target}", args=[key])
    assert not ProxyEntry.objects.in_force().exists()
    assert not Assignment.objects.visible_to(helped.area.officer).exists()
