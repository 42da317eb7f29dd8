from typing import Any

import pytest

from surveys.questionnaire import Respondent, ValueKind, evaluate, parse_questionnaire
from tests.surveys.questionnaire.building import SAMPLES, TOWN

by_id = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["id"])


def test_the_samples_have_as_many_questions_and_rules_as_their_readme_says() -> None:
    questionnaires = [parse_questionnaire(sample) for sample in SAMPLES]

    assert sum(len(questionnaire.questions) for questionnaire in questionnaires) == 160
    assert sum(len(questionnaire.rules) for questionnaire in questionnaires) == 56


@by_id
def test_every_field_has_its_own_key_and_heading(sample: dict[str, Any]) -> None:
    fields = parse_questionnaire(sample).fields

    assert len({field.key for field in fields}) == len(fields)
    assert len({field.label for field in fields}) == len(fields)


@by_id
def test_an_empty_response_lacks_only_what_is_required(sample: dict[str, Any]) -> None:
    questionnaire = parse_questionnaire(sample)

    evaluation = evaluate(questionnaire, {}, TOWN)

    assert [finding.question_id for finding in evaluation.findings] == [
        question.id
        for question in questionnaire.questions
        if question.required and question.id in evaluation.visible_questions
    ]


def test_the_fields_of_the_first_sample() -> None:
    questionnaire = parse_questionnaire(SAMPLES[0])

    cell = questionnaire.field("a_age.20s.f")

    assert (cell.label, cell.unit, cell.kind) == (
        "相談の対象となった本人の年齢・性別の内訳／20歳代／女性",
        "人",
        ValueKind.NUMBER,
    )
    assert [field.key for field in questionnaire.fields_of("a_window_form")] == [
        "a_window_form",
        "a_window_form.other",
    ]


@pytest.mark.parametrize(("kind", "shown"), [("prefecture", True), ("village", False)])
def test_prefectures_see_their_own_section(kind: str, shown: bool) -> None:
    questionnaire = parse_questionnaire(SAMPLES[0])

    evaluation = evaluate(questionnaire, {}, Respondent(kind, "01", True, "hokkaido"))

    assert ("a6" in evaluation.visible_sections) is shown
