"""Tables whose rows are added, matrices and rankings: what exists, lacks, and counts."""

from decimal import Decimal
from typing import Any

import pytest

from surveys.questionnaire import FieldState, Level, Questionnaire, TableTotals, evaluate, state_of
from tests.surveys.questionnaire.all_types import dynamic_table, matrix, ranking
from tests.surveys.questionnaire.building import TOWN, Json, parsed, rule

COLUMNS: list[Json] = [
    {"id": "n", "label": "件数", "unit": "件", "min": 0},
    {"id": "t", "label": "名称", "type": "text", "max_length": 10, "required": True},
]


def growing(**more: Any) -> Questionnaire:
    return parsed(dynamic_table("t", **{"columns": COLUMNS, "min_rows": 0, **more}))


def found(questionnaire: Questionnaire, answers: Json) -> list[tuple[Level, list[str], str]]:
    findings = evaluate(questionnaire, answers, TOWN).findings
    return [(f.level, list(f.field_keys), f.message) for f in findings]


@pytest.mark.parametrize(
    ("least", "answers", "rows"),
    [
        (0, {}, 0),
        (2, {}, 2),
        (0, {"t.1.n": 0}, 1),
        (0, {"t.1.n": None, "t.1.t": "", "t.2.t": "　"}, 0),
        (0, {"t.3.n": 5}, 3),
        (0, {"t.2.n": "多数"}, 2),
        (2, {"t.4.t": "名"}, 4),
    ],
)
def test_rows_exist_up_to_the_last_that_holds_something(
    least: int, answers: Json, rows: int
) -> None:
    questionnaire = growing(min_rows=least)

    evaluation = evaluate(questionnaire, answers, TOWN)

    expected = {f"t.{row}.{column}" for row in range(1, rows + 1) for column in "nt"}
    assert evaluation.visible_fields == expected


def test_a_row_that_does_not_exist_is_not_applicable() -> None:
    questionnaire = growing()
    answers = {"t.2.n": 0}

    evaluation = evaluate(questionnaire, answers, TOWN)

    states = [state_of(questionnaire.field(f"t.{n}.n"), answers, evaluation) for n in (1, 2, 3)]
    assert states == [FieldState.BLANK, FieldState.VALUE, FieldState.NOT_APPLICABLE]


def test_required_columns_count_in_rows_that_exist_gaps_included() -> None:
    answers = {"t.1.n": 1, "t.1.t": "甲", "t.3.n": 3}

    assert found(growing(), answers) == [
        (Level.BLANK, ["t.2.t", "t.3.t"], "必須の欄が2か所、未入力です。")
    ]


@pytest.mark.parametrize(
    ("more", "answers", "findings"),
    [
        ({}, {}, []),
        ({"required": True}, {}, [(Level.BLANK, ["t.1.n", "t.1.t"], "1行以上入力してください。")]),
        ({"required": True}, {"t.1.t": "甲"}, []),
        (
            {"min_rows": 2},
            {"t.1.n": 4},
            [
                (Level.BLANK, ["t.2.n", "t.2.t"], "2行以上入力してください。"),
                (Level.BLANK, ["t.1.t"], "必須の欄が1か所、未入力です。"),
            ],
        ),
        ({"min_rows": 2}, {"t.1.t": "甲", "t.2.t": "乙"}, []),
    ],
)
def test_too_few_rows_are_told(more: Json, answers: Json, findings: list[Any]) -> None:
    assert found(growing(**more), answers) == findings


def test_a_refused_cell_is_told_and_keeps_the_table_out_of_rules() -> None:
    at_most = rule({"col_sum": ["t", "n"]}, "le", {"const": 1})
    questionnaire = parsed(dynamic_table("t", columns=COLUMNS, min_rows=0), rules=(at_most,))
    answers = {"t.1.n": 5, "t.1.t": "甲", "t.2.n": "多数", "t.2.t": "乙"}

    assert found(questionnaire, answers) == [(Level.INVALID, ["t.2.n"], "数字で入力してください。")]
    assert found(questionnaire, answers | {"t.2.n": 0}) == [
        (Level.ERROR, ["t.1.n", "t.2.n"], "合いません。")
    ]


def test_totals_add_up_the_rows_that_exist() -> None:
    totals = evaluate(growing(), {"t.1.n": 4, "t.3.n": 5, "t.3.t": "9"}, TOWN).totals["t"]

    assert totals == TableTotals(rows={}, columns={"n": Decimal(9)}, grand=None)


def test_none_applicable_makes_a_row() -> None:
    questionnaire = growing(allow_none=True)
    answers = {"t.1.n": {"none": True}, "t.1.t": "甲"}

    evaluation = evaluate(questionnaire, answers, TOWN)

    assert state_of(questionnaire.field("t.1.n"), answers, evaluation) is FieldState.NONE
    assert evaluation.findings == ()


def test_a_required_matrix_lacks_the_rows_without_a_choice() -> None:
    questionnaire = parsed(matrix("m", required=True))

    assert found(questionnaire, {"m.r1": "a"}) == [
        (Level.BLANK, ["m.r2"], "選択していない行が1行あります。")
    ]
    assert found(questionnaire, {"m.r1": "a", "m.r2": "c"}) == []
    assert found(questionnaire, {"m.r1": "a", "m.r2": "x"}) == [
        (Level.INVALID, ["m.r2"], "選択肢の中から選んでください。")
    ]


@pytest.mark.parametrize(
    ("required", "answer", "messages"),
    [
        (False, [], []),
        (False, ["a"], []),
        (True, [], ["順位を選択してください。"]),
        (True, ["a"], ["2位まで選択してください。"]),
        (True, ["a", "c"], []),
        (True, {"none": True}, []),
    ],
)
def test_a_required_ranking_needs_every_rank(
    required: bool, answer: object, messages: list[str]
) -> None:
    questionnaire = parsed(ranking("r", required=required, allow_none=True))

    assert [message for _, _, message in found(questionnaire, {"r": answer})] == messages
