"""Each kind of change, its words and whom it touches."""

from copy import deepcopy
from typing import Any

import pytest

from surveys.questionnaire.revising import Change, Touch, compare
from tests.surveys.questionnaire.all_types import (
    ALL_NEW,
    OPTIONS,
    ROWS,
    dynamic_table,
    matrix,
    scale,
    typed_table,
)
from tests.surveys.questionnaire.building import SAMPLES, Json, number, question, text

CHOICE = question("c", "single", options=OPTIONS)
YES = {"q": "a", "op": "gt", "value": 3}


def document(*questions: Json, rules: list[Json] | None = None) -> Json:
    sections = [{"id": "s", "title": "節", "questions": deepcopy(list(questions))}]
    return {"sections": sections, "rules": rules or []}


def changes(before: Json, after: Json) -> list[tuple[str, Touch]]:
    found = compare(document(before), document(after))
    return [(change.text, change.touch) for change in found]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["id"])
def test_a_copy_changes_nothing(sample: Json) -> None:
    assert compare(sample, deepcopy(sample)) == []


def test_a_copy_of_every_type_changes_nothing() -> None:
    whole = document(number("n1"), *ALL_NEW)

    assert compare(whole, deepcopy(whole)) == []


@pytest.mark.parametrize(
    ("more", "words", "touch"),
    [
        ({"label": "人数"}, "文言を「設問n」から「人数」に改めます。", Touch.NOBODY),
        ({"help": "常勤のみ"}, "説明を改めます。", Touch.NOBODY),
        ({"required": True}, "必須にします。", Touch.BEGUN),
        ({"allow_none": True}, "「該当なし」を選べるようにします。", Touch.NOBODY),
        ({"min": 1}, "最小値を0から1にします。", Touch.REFUSED),
        ({"min": None}, "最小値（0）をなくします。", Touch.NOBODY),
        ({"max": 99}, "最大値を1000から99にします。", Touch.REFUSED),
        ({"max": 2000}, "最大値を1000から2000にします。", Touch.NOBODY),
        ({"max": None}, "最大値（1000）をなくします。", Touch.NOBODY),
        ({"unit": "件"}, "単位を改めます。", Touch.ANSWERED),
        ({"decimals": 1}, "小数の桁数を1にします。", Touch.REFUSED),
        ({"type": "text", "max_length": 9}, "形式を改めます。", Touch.ANSWERED),
    ],
)
def test_of_a_number(more: Json, words: str, touch: Touch) -> None:
    after = {**number("n"), **more}
    if after["type"] == "text":
        after = text("n")

    assert changes(number("n"), after) == [(words, touch)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (number("n", required=True), number("n"), [("任意にします。", Touch.NOBODY)]),
        (
            number("n", allow_none=True),
            number("n"),
            [("「該当なし」を選べなくします。", Touch.REFUSED)],
        ),
        (
            text("t", pattern="[0-9]+"),
            text("t", pattern="[0-9]{3}"),
            [("入力の形式を改めます。", Touch.REFUSED)],
        ),
        (
            text("t", pattern="[0-9]+"),
            text("t"),
            [("入力の形式の制限をなくします。", Touch.NOBODY)],
        ),
        (scale("k"), scale("k", max=4), [("最大値を5から4にします。", Touch.ANSWERED)]),
        (scale("k"), scale("k", max=7), [("最大値を5から7にします。", Touch.ANSWERED)]),
        (
            scale("k"),
            scale("k", max_label="大変満足"),
            [("段階の言葉を改めます。", Touch.NOBODY)],
        ),
    ],
)
def test_of_demands_and_forms(before: Json, after: Json, expected: list[tuple[str, Touch]]) -> None:
    assert changes(before, after) == expected


def options(*changed: Json) -> Json:
    return {**CHOICE, "options": list(changed)}


A, B, C = OPTIONS
NOTE = {"label": "内容", "required": False, "max_length": 9}


@pytest.mark.parametrize(
    ("after", "words", "touch"),
    [
        (options(A, B), "選択肢「周知」を削除します。", Touch.REFUSED),
        (options(A, B, C, {"value": "d", "label": "他"}), "選択肢「他」を加えます。", Touch.NOBODY),
        (options(B, A, C), "選択肢の順序を改めます。", Touch.NOBODY),
        (
            options({**A, "label": "人"}, B, C),
            "選択肢「人材」の文言を「人」に改めます。",
            Touch.NOBODY,
        ),
        (
            options({**A, "free_text": NOTE}, B, C),
            "選択肢「人材」に任意の記入欄を加えます。",
            Touch.NOBODY,
        ),
        (
            options({**A, "free_text": {**NOTE, "required": True}}, B, C),
            "選択肢「人材」の記入欄を必須にします。",
            Touch.ANSWERED,
        ),
    ],
)
def test_of_options(after: Json, words: str, touch: Touch) -> None:
    assert changes(CHOICE, after) == [(words, touch)]


def test_a_free_text_that_goes_touches_its_own_field() -> None:
    noted = options({**A, "free_text": NOTE}, B, C)

    (change,) = compare(document(noted), document(CHOICE))

    assert (change.touch, change.fields) == (Touch.ANSWERED, ("c.a",))


def test_rows_and_columns_touch_their_own_cells() -> None:
    before = typed_table("t")
    after = {
        **before,
        "rows": before["rows"][:1],
        "columns": [{**before["columns"][0], "max": 50}, *before["columns"][2:]],
    }

    found = compare(document(before), document(after))

    assert [(c.text, c.touch, c.fields) for c in found] == [
        ("行「広報」を削除します。", Touch.ANSWERED, tuple(f"t.r2.{c}" for c in "ntsdy")),
        ("列「件数」の最大値を99から50にします。", Touch.REFUSED, ("t.r1.n", "t.r2.n")),
        ("列「名称」を削除します。", Touch.ANSWERED, ("t.r1.t", "t.r2.t")),
    ]


@pytest.mark.parametrize(("required", "touch"), [(True, Touch.BEGUN), (False, Touch.NOBODY)])
def test_a_new_row_asks_more_where_the_table_must_be_filled(required: bool, touch: Touch) -> None:
    before = matrix("m", required=required)
    after = {**before, "rows": [*ROWS, {"id": "r3", "label": "研修"}]}

    assert changes(before, after) == [("行「研修」を加えます。", touch)]


def test_cells_are_closed_and_opened() -> None:
    columns = [{"id": "a", "label": "男"}, {"id": "b", "label": "女"}]
    before = question("t", "table", rows=ROWS, columns=columns, disabled_cells=[["r1", "a"]])
    after = {**before, "disabled_cells": [["r2", "b"]]}

    found = compare(document(before), document(after))

    assert [(c.text, c.touch, c.fields) for c in found] == [
        ("入力しない欄を加えます。", Touch.ANSWERED, ("t.r2.b",)),
        ("入力しない欄を入力できるようにします。", Touch.NOBODY, ()),
    ]


def test_fewer_rows_touch_those_beyond() -> None:
    (change,) = compare(
        document(dynamic_table("d", max_rows=4)), document(dynamic_table("d", max_rows=3))
    )

    assert (change.text, change.touch) == ("行数の上限を3にします。", Touch.ANSWERED)
    assert set(change.fields) == {f"d.4.{column}" for column in "ntsdy"}


@pytest.mark.parametrize(
    ("added", "words", "touch"),
    [
        (number("b"), "加えます。", Touch.NOBODY),
        (number("b", required=True), "必須の設問として加えます。", Touch.BEGUN),
        ({"id": "b", "type": "note", "text": "説明"}, "加えます。", Touch.NOBODY),
    ],
)
def test_a_new_question(added: Json, words: str, touch: Touch) -> None:
    (change,) = compare(document(number("a")), document(number("a"), added))

    assert (change.question_id, change.text, change.touch) == ("b", words, touch)


def test_a_removed_question_touches_all_its_fields() -> None:
    found = compare(document(number("a"), typed_table("t")), document(number("a")))

    assert [(c.question_id, c.text, len(c.fields)) for c in found] == [("t", "削除します。", 10)]


def test_order_and_sections_are_harmless() -> None:
    before = document(number("a"), number("b"))
    after = document(number("b"), number("a"))
    after["sections"][0]["title"] = "新しい節"

    assert [(c.text, c.touch) for c in compare(before, after)] == [
        ("節の名称又は説明を改めます。", Touch.NOBODY),
        ("設問の順序を改めます。", Touch.NOBODY),
    ]


@pytest.mark.parametrize(
    ("before", "after", "words", "touch"),
    [
        (None, YES, "表示する条件を加えます。", Touch.ANSWERED),
        (YES, None, "表示する条件をなくします。", Touch.NOBODY),
        (YES, {**YES, "value": 5}, "表示する条件を改めます。", Touch.ANSWERED),
    ],
)
def test_who_sees_it(before: Json | None, after: Json | None, words: str, touch: Touch) -> None:
    found = compare(
        document(number("a"), number("b", **_shown(before))),
        document(number("a"), number("b", **_shown(after))),
    )

    assert [(c.text, c.touch) for c in found] == [(words, touch)]


def test_who_must_answer_more_when_a_condition_of_a_required_question_goes() -> None:
    found = compare(
        document(number("a"), number("b", required=True, visible_if=YES)),
        document(number("a"), number("b", required=True)),
    )

    assert [(c.text, c.touch) for c in found] == [("表示する条件をなくします。", Touch.BEGUN)]


def _shown(condition: Json | None) -> Json:
    return {} if condition is None else {"visible_if": condition}


def rule(**more: Any) -> Json:
    return {
        "id": "r",
        "level": "error",
        "left": {"q": "a"},
        "op": "le",
        "right": {"const": 900},
        "message": "多すぎます。",
        **more,
    }


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [rule()], ("満たさないと提出できない条件を加えます。", Touch.BEGUN)),
        ([], [rule(level="warning")], ("確認のための条件を加えます。", Touch.NOBODY)),
        ([rule()], [], ("条件を削除します。", Touch.NOBODY)),
        (
            [rule()],
            [rule(right={"const": 500})],
            ("満たさないと提出できない条件を改めます。", Touch.BEGUN),
        ),
        ([rule()], [rule(message="確認")], ("確認のための条件を改めます。", Touch.NOBODY)),
    ],
)
def test_of_rules(before: list[Json], after: list[Json], expected: tuple[str, Touch]) -> None:
    (change,) = compare(document(number("a"), rules=before), document(number("a"), rules=after))

    assert (change.text, change.touch) == expected


def test_harmful_is_what_touches_somebody() -> None:
    assert [Change("a", "b", "c", touch).is_harmful for touch in Touch] == [
        False,
        True,
        True,
        True,
    ]
