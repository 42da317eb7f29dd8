from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from surveys.actions import begin_survey, keep_template
from surveys.models import QuestionnaireTemplate
from tests.factories.surveys import draft_survey
from tests.surveys.actions.test_drafting import FRAME
from tests.surveys.views.builder.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """A draft with questions."""
    return Desk(draft_survey())


def beginner(desk: Desk) -> Desk:
    """An empty draft of the same person."""
    by = desk.survey.created_by
    return Desk(begin_survey(by=by, division=desk.survey.division, frame=FRAME))


def address(desk: Desk, rest: str = "") -> str:
    return f"/surveys/managed/{desk.survey.pk}/templates/{rest}"


def kept(desk: Desk) -> QuestionnaireTemplate:
    return keep_template(desk.revision(), by=desk.survey.created_by, name="年次", shared=False)


def page(desk: Desk) -> Any:
    return desk.client.get(address(desk))


def test_the_questionnaire_is_kept_under_a_name(desk: Desk) -> None:
    response = desk.client.post(address(desk, "keeping/"), {"name": "年次の調査", "shared": "on"})

    template = QuestionnaireTemplate.objects.get()
    assert response.headers["Location"] == address(desk)
    assert (template.name, template.is_shared) == ("年次の調査", True)


def test_without_a_name_nothing_is_kept(desk: Desk) -> None:
    response = desk.client.post(address(desk, "keeping/"), {"name": "", "shared": "on"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["name"]
    assert not QuestionnaireTemplate.objects.exists()


def test_an_empty_questionnaire_is_refused_with_its_reason(desk: Desk) -> None:
    response = desk.client.post(address(beginner(desk), "keeping/"), {"name": "空"})

    assert response.status_code == 422
    assert "設問がないため" in response.content.decode()


def test_an_empty_draft_begins_from_a_template(desk: Desk) -> None:
    template, empty = kept(desk), beginner(desk)
    offered = page(empty)
    sent = {"revision": empty.revision().edit}

    response = empty.client.post(address(empty, f"{template.pk}/taking/"), sent)

    assert (offered.context["can_begin"], offered.context["can_keep"]) == (True, False)
    assert response.headers["Location"] == empty.address
    assert empty.ids() == desk.ids()
    assert 'id="undo">' in empty.get("")


@pytest.mark.parametrize("revision", ["0", "7"])
def test_what_is_there_already_is_never_replaced(desk: Desk, revision: str) -> None:
    template, before = kept(desk), desk.revision().document

    sent = {"revision": revision}
    response = desk.client.post(address(desk, f"{template.pk}/taking/"), sent)

    assert response.headers["Location"] == address(desk)
    assert desk.revision().document == before
    assert page(desk).context["can_begin"] is False


@pytest.mark.parametrize("size", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(
    desk: Desk, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(size):
        kept(desk)

    with django_assert_num_queries(8):
        shown = page(desk)

    assert len(shown.context["page"].rows) == size


def test_without_any_it_says_so(desk: Desk) -> None:
    assert "使えるひな形はまだありません" in page(desk).content.decode()
