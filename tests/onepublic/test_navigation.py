import pytest
from django.test import Client

from accounts.models import User
from accounts.states import Role
from onepublic.navigation import navigation_for
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    person_at,
)
from tests.factories.notices import a_draft, published

pytestmark = pytest.mark.django_db


def current(user: User, path: str) -> list[str]:
    return [item.label for item in navigation_for(user, path) if item.current]


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/", "ホーム"),
        ("/notices/published/", "発出した通知"),
        ("/notices/7/deliveries/", "発出した通知"),
        ("/notices/drafts/", "起案・決裁"),
        ("/notices/questions/", "通知への質問"),
        ("/notices/new/", "起案・決裁"),
        ("/surveys/managed/", "調査の状況"),
        ("/surveys/managed/compilations/3/", "調査の状況"),
    ],
)
def test_a_page_of_the_ministry_lies_in_one_section(path: str, label: str) -> None:
    drafter = person_at(DivisionFactory.create(), Role.DRAFTER)

    assert current(drafter, path) == [label]


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/notices/", "受信した通知"),
        ("/notices/published/", "管内の通知"),
        ("/notices/questions/", "通知への質問"),
        ("/notices/7/", "受信した通知"),
        ("/notices/search/saved/", "通知の全文検索"),
        ("/surveys/", "回答する調査"),
        ("/surveys/assignments/3/sections/a1/", "回答する調査"),
        ("/surveys/managed/5/", "調査の状況"),
    ],
)
def test_a_page_of_a_prefecture_lies_in_one_section(path: str, label: str) -> None:
    assert current(person_at(PrefectureFactory.create()), path) == [label]


def test_a_page_outside_every_section_has_none() -> None:
    assert current(person_at(OrganizationFactory.create()), "/browsers/") == []


def test_a_town_follows_no_surveys_and_drafts_nothing() -> None:
    labels = [item.label for item in navigation_for(person_at(OrganizationFactory.create()), "/")]

    assert labels == [
        "ホーム",
        "受信した通知",
        "通知への質問",
        "通知の全文検索",
        "回答する調査",
        "カレンダー",
        "お知らせ",
    ]


def test_a_draft_lies_in_the_section_of_drafts_and_a_published_notice_does_not(
    client: Client,
) -> None:
    division, town = DivisionFactory.create(), OrganizationFactory.create()
    client.force_login(person_at(division, Role.DRAFTER))
    draft, sent = a_draft(division=division), published(to=[town], division=division)

    sections = [
        [item.label for item in client.get(address).context["navigation"] if item.current]
        for address in (
            f"/notices/{draft.pk}/",
            f"/notices/{draft.pk}/edit/",
            f"/notices/{sent.pk}/",
        )
    ]

    assert sections == [["起案・決裁"], ["起案・決裁"], ["発出した通知"]]
