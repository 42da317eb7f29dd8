from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.states import Role
from surveys.models import Assignment
from surveys.states import AssignmentState, PrefecturePart
from tests.factories.accounts import person_at
from tests.factories.surveys import answer, submitted
from tests.surveys.prefecture import Area

pytestmark = pytest.mark.django_db


def page_of(area: Area) -> str:
    return reverse("surveys:municipalities", args=[area.survey.pk])


def labels(response: Any) -> list[tuple[str, Any]]:
    return [(tab["label"], tab.get("count")) for tab in response.context["tabs"]]


@pytest.fixture
def mixed() -> Area:
    """One of each: not started, drafting, submitted, confirmed, returned."""
    area = Area(5, prefecture_part=PrefecturePart.CHECK)
    _, drafting, waiting, confirmed, returned = area.asked
    answer(drafting, person_at(drafting.organization), staff="3")
    submitted(waiting)
    submitted(confirmed)
    rows = Assignment.objects.filter(pk=confirmed.pk)
    rows.update(confirmed_at=timezone.now(), confirmed_by=area.officer)
    Assignment.objects.filter(pk=returned.pk).update(state=AssignmentState.RETURNED)
    return area


def test_it_counts_the_municipalities_by_state(client: Client, mixed: Area) -> None:
    client.force_login(mixed.officer)

    response = client.get(page_of(mixed))

    assert labels(response) == [
        ("すべて", None),
        ("未着手", 1),
        ("回答中", 1),
        ("提出済み", 2),
        ("確認待ち", 1),
        ("確認済み", 1),
        ("差戻し", 1),
    ]
    assert [one.organization for one in response.context["assignments"]] == mixed.villages


@pytest.mark.parametrize(
    ("show", "places"),
    [
        ("not_started", [0]),
        ("working", [1]),
        ("handed_in", [2, 3]),
        ("waiting", [2]),
        ("confirmed", [3]),
        ("returned", [4]),
        ("no-such-state", [0, 1, 2, 3, 4]),
    ],
)
def test_it_is_narrowed_to_a_state(
    client: Client, mixed: Area, show: str, places: list[int]
) -> None:
    client.force_login(mixed.officer)

    response = client.get(page_of(mixed), {"show": show})

    shown = [one.organization for one in response.context["assignments"]]
    assert shown == [mixed.villages[place] for place in places]


def test_where_nothing_is_checked_nothing_waits_for_it(client: Client) -> None:
    area = Area()
    client.force_login(area.officer)

    response = client.get(page_of(area))

    assert [label for label, _ in labels(response)] == [
        "すべて",
        "未着手",
        "回答中",
        "提出済み",
        "差戻し",
    ]


def test_others_and_surveys_without_a_part_have_no_such_page(client: Client) -> None:
    area, kept = Area(), Area(prefecture_part=PrefecturePart.NONE)
    statuses = []
    for person, page in [
        (kept.officer, kept),
        (area.survey.created_by, area),
        (person_at(area.villages[0]), area),
        (person_at(area.prefecture, Role.VIEWER), area),
    ]:
        client.force_login(person)
        statuses.append(client.get(page_of(page)).status_code)

    assert statuses == [404, 404, 404, 200]


def test_it_goes_on_behind_the_last_code(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    area = Area(3)
    client.force_login(area.officer)

    response = client.get(page_of(area), {"after": area.villages[1].code})

    assert [one.organization for one in response.context["assignments"]] == area.villages[2:]


@pytest.mark.parametrize("size", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(
    client: Client, size: int, django_assert_num_queries: Any
) -> None:
    area = Area(size)
    client.force_login(area.officer)

    with django_assert_num_queries(9):
        response = client.get(page_of(area))

    assert len(response.context["assignments"]) == size
