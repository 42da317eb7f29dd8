from typing import Any

import pytest

from tests.surveys.questionnaire.building import (
    Json,
    document,
    multiple,
    number,
    problems,
    question,
    single,
    table,
    text,
)


def option(value: str, **more: Any) -> Json:
    return {"value": value, "label": f"選択肢{value}", **more}


LONE = [option("1"), option("0", exclusive=True)]


@pytest.mark.parametrize(
    ("definition", "reason"),
    [
        (number("a", max="多い"), "maxは、15桁以内の数で指定してください。"),
        (number("a", min=float("nan")), "minは、15桁以内の数で指定してください。"),
        (number("a", decimals=7), "decimalsは、0から6までの整数で指定してください。"),
        (number("a", decimals=True), "decimalsは、0から6までの整数で指定してください。"),
        (text("a", max_length=4001), "max_lengthは、1から4000までの整数で指定してください。"),
        (single("a", options=[]), "optionsは、1件以上100件以下にしてください。"),
        (single("a", options=None), "optionsは、一覧（配列）で書いてください。"),
        (
            single("a", options=[option("1"), option("1")]),
            "選択肢の値「1」が重複しています。",
        ),
        (single("a", options=LONE), "exclusiveは、複数選択の設問だけで使えます。"),
        (
            multiple("a", options=LONE, min_select=2),
            "min_select、max_selectが、選択肢の数と合いません。",
        ),
        (
            multiple("a", min_select=3, max_select=2),
            "min_select、max_selectが、選択肢の数と合いません。",
        ),
        (
            question("a", "date", min="2026-02-30"),
            "minは、YYYY-MM-DDの日付で指定してください。",
        ),
        (
            question("a", "date", min="2026-02-02", max="2026-02-01"),
            "日付の範囲が逆です（minがmaxより後）。",
        ),
        (
            question("a", "file", accept=["pdf"], max_files=1, max_mb=1),
            "acceptは、「.pdf」のような拡張子で指定してください。",
        ),
        (
            question("a", "file", accept=[".pdf"], max_files=0, max_mb=1),
            "max_filesは、1から20までの整数で指定してください。",
        ),
        (
            table("a", disabled_cells=[["r1", "zz"]]),
            "disabled_cellsの['r1', 'zz']は、この表の行と列ではありません。",
        ),
        (
            table("a", disabled_cells=[[r, c] for r in ("r1", "r2") for c in ("m", "f")]),
            "表の全ての欄が入力不可になっています。",
        ),
        (
            table(
                "a",
                columns=[
                    {"id": "n", "label": "数", "unit": "件"},
                    {"id": "y", "label": "額", "unit": "円"},
                ],
            ),
            "単位の異なる列を、行の合計にすることはできません。",
        ),
    ],
)
def test_a_slip_in_an_answer_is_named(definition: Json, reason: str) -> None:
    assert problems(document(definition)) == [f"a: {reason}"]


def test_rows_and_columns_have_their_own_ids() -> None:
    rows = [{"id": "r1", "label": "一"}, {"id": "r1", "label": "二"}]

    assert problems(document(table("a", rows=rows))) == ["a: 行のid「r1」が重複しています。"]


def test_a_slip_in_an_option_is_named_with_its_place() -> None:
    assert problems(document(single("a", options=[option("1", exclsive=True)]))) == [
        "a/options[0]: 「exclsive」という項目は、ここでは使えません。"
    ]
