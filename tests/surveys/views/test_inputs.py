"""Every type of question on the page of a section: what it offers, and what it sends."""

import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from onepublic.files.uploads import store
from surveys.models import Assignment
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import answer, assignment, running_survey

pytestmark = pytest.mark.django_db

OPTIONS = [{"value": "a", "label": "甲"}, {"value": "b", "label": "乙"}]
ROWS = [{"id": "r1", "label": "朝"}, {"id": "r2", "label": "夜"}]
COLUMNS: list[dict[str, Any]] = [
    {"id": "n", "label": "数", "type": "number", "min": 0, "decimals": 0},
    {"id": "k", "label": "種類", "type": "single", "options": OPTIONS},
    {"id": "y", "label": "有無", "type": "yesno"},
]
QUESTIONS: dict[str, dict[str, Any]] = {
    "scale": {"type": "scale", "min": 1, "max": 5, "min_label": "不満", "max_label": "満足"},
    "ranking": {"type": "ranking", "options": OPTIONS, "max_rank": 2},
    "matrix": {"type": "matrix", "rows": ROWS, "options": OPTIONS},
    "growing": {"type": "dynamic_table", "columns": COLUMNS, "max_rows": 4},
    "place": {"type": "organization"},
    "month": {"type": "month"},
    "mail": {"type": "email", "max_length": 100},
}


def asking(*names: str, **more: Any) -> Assignment:
    questions = [{"id": n, "label": n, "required": False} | QUESTIONS[n] | more for n in names]
    document = {"sections": [{"id": "s", "title": "節", "questions": questions}]}
    return assignment(document=document)


def section_of(client: Client, asked: Assignment) -> Any:
    client.force_login(person_at(asked.organization))
    return client.get(f"/surveys/assignments/{asked.pk}/sections/s/")


def names_in(page: Any) -> list[str]:
    """The names of the inputs in their order, each once."""
    found = re.findall(r'<(?:input|select)[^>]* name="(f-[^"]+)"', page.content.decode())
    return list(dict.fromkeys(found))


def test_a_scale_offers_its_steps_between_its_words(client: Client) -> None:
    asked = asking("scale")
    answer(asked, person_at(asked.organization), scale="4")

    [question] = section_of(client, asked).context["questions"]

    steps = [(choice.label, choice.checked) for choice in question.choices]
    assert steps == [("1", False), ("2", False), ("3", False), ("4", True), ("5", False)]
    assert question.question.answer.max_label == "満足"


def test_a_ranking_has_a_choice_for_each_place(client: Client) -> None:
    asked = asking("ranking")
    answer(asked, person_at(asked.organization), ranking=["b"])

    [question] = section_of(client, asked).context["questions"]

    places = [(r.place, [c.value for c in r.choices if c.checked]) for r in question.ranks]
    assert places == [(1, ["b"]), (2, [])]


def test_a_matrix_has_a_choice_in_each_row(client: Client) -> None:
    asked = asking("matrix")
    answer(asked, person_at(asked.organization), matrix__r2="a")

    page = section_of(client, asked)

    [question] = page.context["questions"]
    chosen = [[c.checked for c in row.cells[0].choices] for row in question.rows]
    assert chosen == [[False, False], [True, False]]
    assert names_in(page) == ["f-matrix.r1", "f-matrix.r2"]


@pytest.mark.parametrize(
    ("used", "shown"), [({}, 1), ({"growing__2__n": "3"}, 3), ({"growing__4__k": "a"}, 4)]
)
def test_a_growing_table_shows_one_row_more_than_is_used(
    client: Client, used: dict[str, str], shown: int
) -> None:
    asked = asking("growing")
    answer(asked, person_at(asked.organization), **used)

    page = section_of(client, asked)

    rows = dict.fromkeys(name.split(".")[1] for name in names_in(page))
    assert list(rows) == [str(number) for number in range(1, shown + 1)]


def test_cells_are_written_by_their_type(client: Client) -> None:
    [question] = section_of(client, asking("growing")).context["questions"]

    offered = [[c.label for c in cell.choices] for cell in question.rows[0].cells]
    assert offered == [[], ["甲", "乙"], ["はい", "いいえ"]]


@pytest.mark.parametrize("name", ["scale", "matrix"])
def test_what_allows_none_offers_it(client: Client, name: str) -> None:
    page = section_of(client, asking(name, allow_none=True))

    assert page.content.decode().count('value="該当なし"') == {"scale": 1, "matrix": 2}[name]


@pytest.mark.parametrize(("name", "mode"), [("month", "text"), ("mail", "email")])
def test_a_line_names_its_keyboard(client: Client, name: str, mode: str) -> None:
    [question] = section_of(client, asking(name)).context["questions"]

    assert question.input.mode == mode


def test_an_organization_is_read_as_it_is_proposed_and_shown_with_its_name(client: Client) -> None:
    town = OrganizationFactory.create(code="011002", name="札幌村")
    asked = asking("place")

    answer(asked, person_at(asked.organization), place=f"{town.full_name}（011002）")

    [question] = section_of(client, asked).context["questions"]
    assert asked.answers.get().value == "011002"
    assert question.input.text == f"{town.full_name}（011002）"


@pytest.mark.parametrize(
    ("code", "kinds"), [("131016", ["city", "village"]), ("011002", ["city", "town"])]
)
def test_a_body_that_may_not_be_answered_is_refused(
    client: Client, code: str, kinds: list[str]
) -> None:
    OrganizationFactory.create(code="011002")
    asked = asking("place", kinds=kinds)

    answer(asked, person_at(asked.organization), place=code)

    assert not asked.answers.exists()


def test_an_image_is_shown_to_those_who_were_asked_only(client: Client) -> None:
    village, other = OrganizationFactory.create_batch(2)
    stored = store(ContentFile(b"png", name="図.png"), kind="png", by=None)
    questions = [{"id": "i", "type": "image", "file": str(stored.pk), "alt": "体制の図"}]
    document = {"sections": [{"id": "s", "title": "節", "questions": questions}]}
    survey = running_survey(village, document=document)
    address = f"/surveys/managed/{survey.pk}/images/{stored.pk}/"
    client.force_login(person_at(village))
    seen = client.get(address)
    client.force_login(person_at(other))

    assert b"".join(seen.streaming_content) == b"png"  # type: ignore[attr-defined]
    assert client.get(address).status_code == 404
