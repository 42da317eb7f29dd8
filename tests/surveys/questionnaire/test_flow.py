from typing import Any

import pytest

from surveys.questionnaire import Respondent, evaluate, parse_questionnaire
from surveys.questionnaire.attributes import KINDS
from surveys.questionnaire.flow import Reach, reach_of_questions, readers

IN_CITIES = {"attr": "kind", "op": "eq", "value": "city"}
SAID_YES = {"q": "q1", "op": "eq", "value": True}


def asked(condition: dict[str, Any] | None, *, of_section: bool = False) -> dict[str, Any]:
    """A questionnaire with q1 asked of all and q2 under the condition."""
    second: dict[str, Any] = {"id": "q2", "type": "yesno", "label": "二", "required": False}
    section: dict[str, Any] = {"id": "s2", "title": "後", "questions": [second]}
    if condition:
        (section if of_section else second)["visible_if"] = condition
    first = {"id": "q1", "type": "yesno", "label": "一", "required": False}
    return {"sections": [{"id": "s1", "title": "前", "questions": [first]}, section]}


@pytest.mark.parametrize("of_section", [False, True])
@pytest.mark.parametrize(
    ("condition", "in_a_city", "in_a_town"),
    [
        (None, Reach.ALWAYS, Reach.ALWAYS),
        (IN_CITIES, Reach.ALWAYS, Reach.NEVER),
        ({"not": IN_CITIES}, Reach.NEVER, Reach.ALWAYS),
        (SAID_YES, Reach.DEPENDS, Reach.DEPENDS),
        ({"all": [IN_CITIES, SAID_YES]}, Reach.DEPENDS, Reach.NEVER),
        ({"any": [IN_CITIES, SAID_YES]}, Reach.ALWAYS, Reach.DEPENDS),
        (
            {"attr": "regional_bureau", "op": "eq", "value": "kinki"},
            Reach.DEPENDS,
            Reach.DEPENDS,
        ),
    ],
)
def test_who_can_be_asked_follows_from_the_kind(
    condition: dict[str, Any] | None, in_a_city: Reach, in_a_town: Reach, *, of_section: bool
) -> None:
    questionnaire = parse_questionnaire(asked(condition, of_section=of_section))

    reached = [reach_of_questions(questionnaire, {"kind": kind})["q2"] for kind in ("city", "town")]

    assert reached == [in_a_city, in_a_town]


def test_what_reads_a_question_that_is_never_asked_is_never_asked() -> None:
    document = asked(SAID_YES)
    document["sections"][0]["questions"][0]["visible_if"] = IN_CITIES
    questionnaire = parse_questionnaire(document)

    reached = reach_of_questions(questionnaire, {"kind": "town"})

    assert reached == {"q1": Reach.NEVER, "q2": Reach.NEVER}


@pytest.mark.parametrize("condition", [None, IN_CITIES, SAID_YES, {"not": SAID_YES}])
@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("answer", [None, True, False])
def test_it_never_contradicts_an_evaluation(
    condition: dict[str, Any] | None, kind: str, answer: bool | None
) -> None:
    questionnaire = parse_questionnaire(asked(condition))

    visible = evaluate(
        questionnaire, {"q1": answer}, Respondent(kind, "13", True, "kantoshinetsu")
    ).visible_questions

    expected = {Reach.ALWAYS: {True}, Reach.NEVER: {False}, Reach.DEPENDS: {True, False}}
    reached = reach_of_questions(questionnaire, {"kind": kind})["q2"]
    assert ("q2" in visible) in expected[reached]


@pytest.mark.parametrize("of_section", [False, True])
def test_readers_are_the_questions_that_appear_by_an_answer(*, of_section: bool) -> None:
    questionnaire = parse_questionnaire(asked(SAID_YES, of_section=of_section))

    assert readers(questionnaire) == {"q1": ("q2",), "q2": ()}
