"""The page that is left of what was taken back."""

import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from onepublic.core.errors import Gone
from onepublic.urls import urlpatterns as portal
from tests.factories.accounts import OrganizationFactory, person_at

REASON = "発出先に誤りがあったため。\n<b>正しい通知</b>を改めて送ります。"
WHOLE = Gone(number="医政発1123第1号", title="病床の調査", reason=REASON, contact="医政局 内線1234")
BARE = Gone(title="病床の調査", reason="重複のため。")


@login_not_required
def whole(request: HttpRequest) -> HttpResponse:
    raise WHOLE


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    raise BARE


urlpatterns = [*portal, path("whole/", whole), path("bare/", bare)]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def facts(page: str) -> list[tuple[str, str]]:
    """The terms of the page and what they say."""
    return re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page)


def test_it_says_what_was_taken_back_why_and_whom_to_ask(client: Client) -> None:
    client.force_login(person_at(OrganizationFactory.create()))

    response = client.get("/whole/")

    assert response.status_code == 410
    assert facts(response.text) == [
        ("文書番号", "医政発1123第1号"),
        ("件名", "病床の調査"),
        (
            "取下げの理由",
            "発出先に誤りがあったため。<br>&lt;b&gt;正しい通知&lt;/b&gt;を改めて送ります。",
        ),
    ]
    assert "<p>医政局 内線1234</p>" in response.text
    assert "機関管理者へお問い合わせ" not in response.text


def test_without_number_and_contact_it_leads_to_the_admin(client: Client) -> None:
    response = client.get("/bare/")

    assert response.status_code == 410
    assert facts(response.text) == [("件名", "病床の調査"), ("取下げの理由", "重複のため。")]
    assert "機関管理者へお問い合わせ" in response.text
