"""Must show 2 of issue 5: page, Excel and JSON agree on what is visible, valid and stored."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, Phase, example, given, settings

from accounts.models import User
from accounts.states import Kind
from surveys.actions.answer_books import take_over, upload_book
from surveys.answerbook.asked import askable
from surveys.models import Assignment
from surveys.offline import differences_of, write_book
from surveys.questionnaire import (
    Questionnaire,
    Respondent,
    check_value,
    evaluate,
    normalise,
    parse_questionnaire,
    to_json,
)
from surveys.questionnaire.kinds import RankingAnswer
from surveys.questionnaire.values import is_blank
from surveys.responses import load_response, respondent_of
from surveys.views.showing import typed
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import assignment
from tests.surveys.answerbook.books import by_hand, filled
from tests.surveys.questionnaire.answering import NAMED_PLACES
from tests.surveys.questionnaire.building import Json, question, unhurried
from tests.surveys.questionnaire.definitions import responses

pytestmark = pytest.mark.django_db
# Each example opens two surveys: making a failing one smaller would take minutes.
few = settings(
    unhurried,
    max_examples=12,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[*HealthCheck],
)


def _of_an_organization(code: str) -> tuple[Json, Json]:
    """A questionnaire that asks for nothing but an organization, and an answer to it."""
    asked = question("q0", type_="organization")
    section = {"id": "s0", "title": "第0節", "questions": [asked]}
    return {"sections": [section], "rules": []}, {"q0": code}


@dataclass(frozen=True, slots=True)
class Result:
    """What is asked, what of it is refused, and the values of the rest."""

    visible: frozenset[str]
    refused: frozenset[str]
    values: dict[str, object]


def as_json(questionnaire: Questionnaire, answers: Json, respondent: Respondent) -> Result:
    """What the engine says of answers that were never in a form or a sheet."""
    visible = evaluate(questionnaire, answers, respondent).visible_fields
    fields = [questionnaire.field(key) for key in visible]
    entered = [f for f in fields if not f.is_calculated and not is_blank(answers.get(f.key))]
    refused = frozenset(f.key for f in entered if check_value(f, answers[f.key]))
    values = {f.key: to_json(normalise(f, answers[f.key])) for f in entered if f.key not in refused}
    return Result(visible, refused, values)


def as_stored(asked: Assignment) -> Result:
    """What the portal holds of a response."""
    response = load_response(asked)
    return as_json(response.questionnaire, response.values, respondent_of(asked.organization))


def over_the_page(asked: Assignment, answers: Json, officer: User) -> Result:
    """Typed section by section, without script."""
    client = Client()
    client.force_login(officer)
    for section in load_response(asked).questionnaire.sections:
        form: dict[str, Any] = {"seen": "{}"}
        for asked_for in section.questions:
            for field in load_response(asked).questionnaire.fields_of(asked_for.id):
                form[f"f-{field.key}"] = typed(field, answers.get(field.key))
        client.post(f"/surveys/assignments/{asked.pk}/sections/{section.id}/", form)
    return as_stored(asked)


def over_excel(asked: Assignment, answers: Json, officer: User) -> Result:
    """Typed into the workbook and taken over; complaints tell what was refused."""
    response = load_response(asked)
    fields = response.questionnaire.fields_by_key
    on_sheets = _askable(response.questionnaire, respondent_of(asked.organization))
    contents = {
        slot: content
        for key, value in answers.items()
        if key in on_sheets and not is_blank(value)
        for slot, content in by_hand(fields[key], value).items()
    }
    with write_book(response, {}) as book:
        content = filled(book.read(), contents)
    found = upload_book(asked, by=officer, uploaded=SimpleUploadedFile("回答.xlsx", content))
    seen = differences_of(found, response, closed=()).fingerprint
    take_over(found, by=officer, fingerprint=seen)
    labels = {field.label: key for key, field in fields.items()}
    complaints = {labels[label] for _, label, _ in found.reading["complaints"]}
    result = as_stored(asked)
    return Result(result.visible, frozenset(complaints), result.values)


def typeable(questionnaire: Questionnaire, answers: Json) -> Json:
    """Without more ranks than a page or a sheet has places for."""
    ranked = {
        field.key: field.answer.max_rank
        for field in questionnaire.fields
        if isinstance(field.answer, RankingAnswer)
    }
    return {
        key: value
        for key, value in answers.items()
        if key not in ranked or len(value or []) <= ranked[key]
    }


@pytest.fixture
def places() -> None:
    """The organizations that the drawn answers name."""
    for code in NAMED_PLACES:
        OrganizationFactory.create(code=code, kind=Kind.CITY)


@pytest.mark.usefixtures("places")
@few
@example(_of_an_organization("011002"))
@example(_of_an_organization("011003"))
@given(responses())
def test_page_excel_and_json_agree(pair: tuple[Json, Json]) -> None:
    document, drawn = pair
    questionnaire = parse_questionnaire(document)
    answers = typeable(questionnaire, drawn)
    on_page, in_excel = assignment(document=document), assignment(document=document)
    respondent = respondent_of(on_page.organization)
    plain = as_json(questionnaire, answers, respondent)
    refused = _refused(questionnaire, answers)
    valid = {key: value for key, value in answers.items() if key not in refused}
    taken = as_json(questionnaire, valid, respondent)

    page = over_the_page(on_page, answers, person_at(on_page.organization))
    excel = over_excel(in_excel, answers, person_at(in_excel.organization))

    assert page == plain
    # What is wrong stays out of the portal, and with it a row of a table that holds nothing else.
    assert (excel.visible, excel.values) == (taken.visible, taken.values)
    assert excel.refused == refused & _askable(questionnaire, respondent)


def _refused(questionnaire: Questionnaire, answers: Json) -> frozenset[str]:
    """The refused values, hidden ones too."""
    fields = questionnaire.fields_by_key
    return frozenset(key for key, value in answers.items() if check_value(fields[key], value))


def _askable(questionnaire: Questionnaire, respondent: Respondent) -> set[str]:
    """The fields of a sheet, which shows what any answers of this organization would show."""
    asked = [each for _, questions in askable(questionnaire, respondent) for each in questions]
    return {field.key for each in asked for field in questionnaire.fields_of(each.id)}
