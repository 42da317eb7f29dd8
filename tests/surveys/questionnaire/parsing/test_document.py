from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire import DefinitionError, parse_questionnaire
from tests.surveys.questionnaire.building import (
    SAMPLES,
    Json,
    document,
    number,
    problems,
    question,
    rule,
    text,
    unhurried,
    yesno,
)


def test_every_problem_is_reported_with_its_place() -> None:
    definition = document(
        number("a", min=5, max=1),
        question("b", "colour"),
        text("c", max_length=0, labl="x"),
        rules=(rule({"q": "zz"}, "eq", {"q": "a"}),),
    )

    assert problems(definition) == [
        "a: 数値の範囲が逆です（minがmaxより大きい）。",
        "b: 設問の型「colour」はありません。",
        "c: max_lengthは、1から4000までの整数で指定してください。",
        "c: 「labl」という項目は、ここでは使えません。",
        "rule-1: 設問「zz」はありません。",
    ]


def test_a_question_id_may_occur_once() -> None:
    definition = document(text("a"), text("a"))

    assert problems(definition) == [": 設問のid「a」が重複しています。"]


def test_a_section_id_may_occur_once() -> None:
    definition = document(text("a"))
    definition["sections"].append({"id": "s1", "title": "再", "questions": [text("b")]})

    assert problems(definition) == [": 節のid「s1」が重複しています。"]


def test_a_rule_id_may_occur_once() -> None:
    twice = rule({"q": "a"}, "ge", {"const": 0})

    assert problems(document(number("a"), rules=(twice, twice))) == [
        ": 規則のid「rule-1」が重複しています。"
    ]


@pytest.mark.parametrize("name", ["", "a.b", "あ", "a b", "a" * 65, None, 3, ["a"]])
def test_an_id_is_made_of_plain_letters(name: object) -> None:
    definition = document({"id": name, "type": "yesno", "label": "設問"})

    assert problems(definition) == [
        "s1/questions[0]: idは、半角の英数字、「_」、「-」の64文字以内で付けてください。"
    ]


def test_a_reference_to_a_refused_question_is_not_reported_again() -> None:
    shown = {"q": "a", "op": "answered"}

    assert problems(document(question("a", "colour"), text("b", visible_if=shown))) == [
        "a: 設問の型「colour」はありません。"
    ]


@pytest.mark.parametrize("sections", [None, [], "s", {}, [3], [{"id": "s"}], 5])
def test_a_document_without_proper_sections_is_refused(sections: object) -> None:
    with pytest.raises(DefinitionError):
        parse_questionnaire({"sections": sections, "rules": []})


@pytest.mark.parametrize("label", ["", "　", None, 3, "あ" * 501, "a\x00b"])
def test_a_label_is_text(label: object) -> None:
    assert [line.split(":")[0] for line in problems(document(yesno("a", label=label)))] == ["a"]


@pytest.mark.parametrize("required", ["yes", 1, [], "true"])
def test_a_flag_is_true_or_false(required: object) -> None:
    assert problems(document(yesno("a", required=required))) == [
        "a: requiredは、true又はfalseで指定してください。"
    ]


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["a_window", "eq", "number", "table", "q", "prefecture"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "q", "op", "value", "all", "sum", "cell", "attr"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


def paths(thing: Any) -> list[tuple[Any, Any]]:
    """Return every (container, key) below a document."""
    if not isinstance(thing, dict | list):
        return []
    keys = list(thing) if isinstance(thing, dict) else list(range(len(thing)))
    return [pair for key in keys for pair in [(thing, key), *paths(thing[key])]]


def questions_or_problems(definition: Json) -> tuple[object, ...]:
    try:
        return parse_questionnaire(definition).questions
    except DefinitionError as refusal:
        return refusal.problems


@unhurried
@given(st.data(), json_values)
def test_a_document_with_anything_anywhere_parses_or_is_refused(
    data: st.DataObject, thing: Any
) -> None:
    definition = deepcopy({key: SAMPLES[0][key] for key in ("sections", "rules")})
    container, key = data.draw(st.sampled_from(paths(definition)))
    container[key] = thing

    assert len(questions_or_problems(definition)) > 0
