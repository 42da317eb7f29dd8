import pytest

from surveys.questionnaire import SectionState, evaluate, parse_questionnaire
from tests.surveys.questionnaire.building import TOWN, document, number, parsed, rule


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({}, SectionState.NOT_STARTED),
        ({"a": 1}, SectionState.IN_PROGRESS),
        ({"a": "x"}, SectionState.CHECK_NEEDED),
        ({"a": 1, "b": 0}, SectionState.DONE),
        ({"a": 5, "b": 0}, SectionState.CHECK_NEEDED),
    ],
)
def test_the_state_of_a_section(answers: dict[str, object], state: SectionState) -> None:
    at_most = rule({"q": "a"}, "le", {"const": 4}, level="warning")
    questionnaire = parsed(number("a", required=True), number("b", required=True), rules=(at_most,))

    assert evaluate(questionnaire, answers, TOWN).section_states == {"s1": state}


def test_an_explained_warning_no_longer_holds_up_its_section() -> None:
    at_most = rule({"q": "a"}, "le", {"const": 1}, level="warning")
    questionnaire = parsed(number("a"), rules=(at_most,))

    evaluation = evaluate(questionnaire, {"a": 2}, TOWN, explained={"rule-1"})

    assert evaluation.section_states == {"s1": SectionState.DONE}
    assert len(evaluation.warnings) == 1


def test_a_broken_rule_marks_every_section_it_reads() -> None:
    definition = document(number("a"), rules=(rule({"q": "a"}, "eq", {"q": "b"}),))
    definition["sections"].append({"id": "s2", "title": "第2節", "questions": [number("b")]})

    evaluation = evaluate(parse_questionnaire(definition), {"a": 1, "b": 2}, TOWN)

    assert evaluation.section_states == {
        "s1": SectionState.CHECK_NEEDED,
        "s2": SectionState.CHECK_NEEDED,
    }
