from decimal import Decimal

import pytest

from surveys.questionnaire import (
    NONE_APPLICABLE,
    Evaluation,
    FieldState,
    Finding,
    Level,
    evaluate,
    parse_questionnaire,
    state_of,
)
from tests.surveys.questionnaire.building import (
    PREFECTURE,
    TOWN,
    document,
    multiple,
    number,
    parsed,
    rule,
    single,
    table,
    text,
    yesno,
)

ABOVE_10 = {"q": "n", "op": "gt", "value": 10}


def findings(evaluation: Evaluation) -> list[tuple[str, str, str]]:
    return [(f.level.value, ",".join(f.field_keys), f.message) for f in evaluation.findings]


def test_a_required_blank_is_found_and_zero_is_no_blank() -> None:
    questionnaire = parsed(number("n", required=True), number("m", required=True))

    evaluation = evaluate(questionnaire, {"n": 0}, TOWN)

    assert evaluation.findings == (Finding(Level.BLANK, "m", ("m",), "入力してください。"),)
    assert evaluation.ready is False


@pytest.mark.parametrize("value", [None, 10, "十一", NONE_APPLICABLE, -1])
def test_a_condition_is_false_unless_a_valid_value_fulfils_it(value: object) -> None:
    questionnaire = parsed(number("n", allow_none=True), text("t", visible_if=ABOVE_10))

    assert evaluate(questionnaire, {"n": value}, TOWN).visible_questions == {"n"}


def test_a_hidden_answer_counts_as_blank_for_the_next_condition() -> None:
    questionnaire = parsed(
        yesno("y"),
        number("n", visible_if={"q": "y", "op": "eq", "value": True}),
        text("t", visible_if=ABOVE_10),
    )

    shown = evaluate(questionnaire, {"y": True, "n": 11}, TOWN)
    hidden = evaluate(questionnaire, {"y": False, "n": 11}, TOWN)

    assert shown.visible_questions == {"y", "n", "t"}
    assert hidden.visible_questions == {"y"}


def test_none_applicable_counts_as_answered() -> None:
    answered = {"q": "n", "op": "answered"}
    questionnaire = parsed(number("n", allow_none=True), text("t", visible_if=answered))

    evaluation = evaluate(questionnaire, {"n": {"none": True}}, TOWN)

    assert evaluation.visible_questions == {"n", "t"}


@pytest.mark.parametrize("value", [True, "true"])
def test_an_attribute_of_truth_is_compared_as_word_or_truth(value: object) -> None:
    condition = {"attr": "has_health_center", "op": "eq", "value": value}
    questionnaire = parsed(text("t", visible_if=condition))

    assert evaluate(questionnaire, {}, PREFECTURE).visible_questions == {"t"}
    assert evaluate(questionnaire, {}, TOWN).visible_questions == set()


def test_a_hidden_section_hides_its_questions_and_has_no_state() -> None:
    definition = document(text("t", required=True))
    definition["sections"][0]["visible_if"] = {"attr": "kind", "op": "eq", "value": "prefecture"}

    evaluation = evaluate(parse_questionnaire(definition), {"t": "a"}, TOWN)

    assert evaluation.visible_sections == frozenset()
    assert evaluation.visible_fields == frozenset()
    assert (evaluation.section_states, evaluation.ready) == ({}, True)


def test_a_refused_value_is_found_and_does_not_count_as_blank() -> None:
    questionnaire = parsed(number("n", required=True))

    evaluation = evaluate(questionnaire, {"n": "約30"}, TOWN)

    assert findings(evaluation) == [("invalid", "n", "数字で入力してください。")]


def test_the_free_text_of_an_option_is_asked_when_it_is_chosen() -> None:
    questionnaire = parsed(single("s"))

    chosen = evaluate(questionnaire, {"s": "other"}, TOWN)
    other = evaluate(questionnaire, {"s": "1", "s.other": "x" * 99}, TOWN)

    assert findings(chosen) == [("blank", "s.other", "入力してください。")]
    assert other.findings == ()
    assert other.visible_fields == {"s"}


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ([], [("blank", "選択してください。")]),
        (["1"], [("blank", "2つ以上選択してください。")]),
        (["1", "2"], []),
        (["1", "2", "3"], [("invalid", "選択できるのは2つまでです。")]),
        (["none"], []),
        (["1", "none"], [("invalid", "「特になし」は、他の選択肢と同時に選べません。")]),
    ],
)
def test_how_many_are_chosen(chosen: list[str], found: list[tuple[str, str]]) -> None:
    questionnaire = parsed(multiple("m", required=True, min_select=2, max_select=2))

    evaluation = evaluate(questionnaire, {"m": chosen}, TOWN)

    assert [(level, message) for level, _, message in findings(evaluation)] == found


def test_a_required_table_needs_all_its_enabled_cells() -> None:
    questionnaire = parsed(table("t", required=True, disabled_cells=[["r2", "f"]]))

    evaluation = evaluate(questionnaire, {"t.r1.m": 0}, TOWN)

    message = "未入力の欄が2か所あります。数がないときは0を入力してください。"
    assert findings(evaluation) == [("blank", "t.r1.f,t.r2.m", message)]


def test_blank_cells_of_a_started_table_count_as_zero_in_rules() -> None:
    total = rule({"row_sum": ["t", "r1"]}, "eq", {"q": "n"})
    questionnaire = parsed(table("t"), number("n"), rules=(total,))

    evaluation = evaluate(questionnaire, {"t.r2.m": 5, "n": 3}, TOWN)

    assert evaluation.findings == (
        Finding(Level.ERROR, "t", ("t.r1.m", "t.r1.f", "n"), "合いません。", "rule-1"),
    )


@pytest.mark.parametrize(
    "answers",
    [
        {"a": 2},
        {"b": 1},
        {"a": 2, "b": "一"},
        {"a": 2, "b": -1},
        {"a": 2, "b": NONE_APPLICABLE},
    ],
)
def test_a_rule_waits_until_everything_it_reads_has_a_valid_number(answers: object) -> None:
    at_most = rule({"q": "a"}, "le", {"q": "b"})
    questionnaire = parsed(number("a"), number("b", allow_none=True), rules=(at_most,))
    assert isinstance(answers, dict)

    evaluation = evaluate(questionnaire, answers, TOWN)

    assert [f.rule_id for f in evaluation.findings if f.rule_id] == []


def test_a_rule_does_not_read_a_table_with_a_refused_cell() -> None:
    at_most = rule({"col_sum": ["t", "m"]}, "le", {"const": 1})
    questionnaire = parsed(table("t"), rules=(at_most,))

    evaluation = evaluate(questionnaire, {"t.r1.m": 5, "t.r2.m": "x"}, TOWN)

    assert [finding.level for finding in evaluation.findings] == [Level.INVALID]
    assert evaluation.totals["t"].columns == {"m": Decimal(5), "f": None}


def test_a_rule_with_a_condition_waits_for_it() -> None:
    when = {"q": "y", "op": "eq", "value": True}
    at_most = rule({"q": "a"}, "le", {"const": 1}, when=when)
    questionnaire = parsed(number("a"), yesno("y"), rules=(at_most,))

    found = [
        [f.rule_id for f in evaluate(questionnaire, {"a": 2, "y": y}, TOWN).findings]
        for y in (None, False, True)
    ]

    assert found == [[], [], ["rule-1"]]


def test_fractions_are_compared_exactly() -> None:
    total = rule({"sum": [{"q": "a"}, {"q": "b"}]}, "eq", {"const": 0.3})
    questionnaire = parsed(number("a", decimals=1), number("b", decimals=1), rules=(total,))

    assert evaluate(questionnaire, {"a": 0.1, "b": 0.2}, TOWN).findings == ()


def test_a_warning_does_not_stop_submitting() -> None:
    at_most = rule({"q": "a"}, "le", {"const": 1}, level="warning")
    questionnaire = parsed(number("a"), rules=(at_most,))

    evaluation = evaluate(questionnaire, {"a": 2}, TOWN)

    assert (evaluation.ready, [f.rule_id for f in evaluation.warnings]) == (True, ["rule-1"])
    assert evaluation.findings_of("a") == evaluation.warnings


def test_four_values_are_never_merged() -> None:
    questionnaire = parsed(
        number("blank"),
        number("zero"),
        number("none", allow_none=True),
        number("hidden", visible_if={"q": "blank", "op": "answered"}),
    )
    answers = {"zero": 0, "none": NONE_APPLICABLE, "hidden": 3}
    evaluation = evaluate(questionnaire, answers, TOWN)

    states = [state_of(field, answers, evaluation) for field in questionnaire.fields]

    assert states == [
        FieldState.BLANK,
        FieldState.VALUE,
        FieldState.NONE,
        FieldState.NOT_APPLICABLE,
    ]
