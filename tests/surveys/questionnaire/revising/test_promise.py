"""The promise of a harmless change: whoever had nothing left to do still has nothing left to do."""

from copy import deepcopy
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from surveys.questionnaire import evaluate, parse_questionnaire
from surveys.questionnaire.plausible import plausible_answers
from surveys.questionnaire.problems import DefinitionError
from surveys.questionnaire.revising import compare
from tests.surveys.questionnaire.building import SAMPLES, Json, respondent, seeded, unhurried


def _mutated(document: Json, random: Random) -> Json:
    """The document with one to three random changes; it may not parse any more."""
    changed = deepcopy({"sections": document["sections"], "rules": document["rules"]})
    for _ in range(random.randint(1, 3)):
        section = random.choice(changed["sections"])
        question = random.choice(section["questions"])
        _change(changed, section, question, random)
    return changed


def _change(document: Json, section: Json, question: Json, random: Random) -> None:
    kind = random.randrange(9)
    if kind == 0:
        question["required"] = not question["required"]
    elif kind == 1:
        question["label"] += "（改）"
    elif kind == 2 and len(section["questions"]) > 1:
        section["questions"].remove(question)
    elif kind == 3:
        question["max"] = random.choice([None, 0, 10, 10**6])
    elif kind == 4 and question.get("options"):
        question["options"].pop(random.randrange(len(question["options"])))
    elif kind == 5 and question.get("options"):
        question["options"].append({"value": "new-one", "label": "新設"})
    elif kind == 6:
        question.pop("visible_if", None)
    elif kind == 7 and document["rules"]:
        document["rules"].pop(random.randrange(len(document["rules"])))
    elif kind == 8 and question.get("rows"):
        question["rows"].append({"id": "row-new", "label": "新しい行"})


@unhurried
@given(st.sampled_from(SAMPLES), st.integers(0, 10**6))
def test_a_complete_response_stays_complete_under_harmless_changes(sample: Json, seed: int) -> None:
    random = seeded(seed)
    changed = _mutated(sample, random)
    try:
        after = parse_questionnaire(changed)
    except DefinitionError:
        assume(False)
    before = parse_questionnaire(sample)
    body = respondent("city")
    answers = plausible_answers(before, body, random)
    earlier = evaluate(before, answers, body)
    found = compare(sample, changed)
    assume(earlier.ready and not any(change.is_harmful for change in found))

    later = evaluate(after, answers, body)

    assert later.ready, [change.text for change in found]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["id"])
def test_removing_any_question_is_noticed(sample: Json) -> None:
    for section in sample["sections"]:
        for question in section["questions"]:
            changed = _without(sample, question["id"])
            try:
                found = compare(sample, changed)
            except DefinitionError:
                continue  # something else reads it
            assert [c.question_id for c in found if c.is_harmful] == [question["id"]]


def _without(sample: Json, question_id: str) -> Json:
    sections = [
        {**s, "questions": [q for q in s["questions"] if q["id"] != question_id]}
        for s in sample["sections"]
    ]
    return {"sections": sections, "rules": sample["rules"]}
