from typing import Any

import pytest
from hypothesis import given, settings

from surveys.authoring.catalogue import TYPE_LABELS
from tests.surveys.authoring.sheets.books import book_of, meaning, read
from tests.surveys.questionnaire.all_types import ALL_NEW
from tests.surveys.questionnaire.building import (
    SAMPLES,
    Json,
    document,
    multiple,
    number,
    question,
    single,
    table,
    text,
    unhurried,
    yesno,
)
from tests.surveys.questionnaire.definitions import documents

EVERY_KEY: list[Json] = [
    number("n1", grouped=False, decimals=2, min=-1.5, required=True, help="一行目\n二行目"),
    number("n2", min=None, max=None, unit="", allow_none=True, carry_over=True),
    single("s"),
    multiple("m", min_select=1, max_select=2),
    yesno("y"),
    question("d", "date", min="2026-04-01", max="2027-03-31"),
    table("t", disabled_cells=[["r1", "m"], ["r2", "f"]]),
    text("x", pattern="[0-9]{3}|=1", label="=SUM(A1)", help="+81 _x0041_ 「」"),
    question("long", "longtext", max_length=4000),
    question("papers", "file", accept=[".pdf", ".xlsx"], max_files=2, max_mb=20),
    *ALL_NEW,
]


@settings(unhurried, max_examples=40)  # a workbook takes a tenth of a second
@given(documents())
def test_what_was_written_reads_back_as_the_same_questionnaire(written: Json) -> None:
    again = read(book_of(written))

    assert meaning(again) == meaning(written)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["id"])
def test_a_sample_reads_back_to_the_letter(sample: dict[str, Any]) -> None:
    again = read(book_of(sample))

    assert again == {"sections": sample["sections"], "rules": sample["rules"]}


def test_every_key_of_every_type_comes_back() -> None:
    written = document(*EVERY_KEY)

    again = read(book_of(written))

    assert {each["type"] for each in EVERY_KEY} == TYPE_LABELS.keys()
    assert meaning(again) == meaning(written)


def test_a_draft_without_anything_comes_back() -> None:
    assert read(book_of({"sections": [], "rules": []})) == {"sections": [], "rules": []}


def test_a_section_called_as_a_sheet_of_ours_comes_back() -> None:
    titles = ["概要", "検査", "履歴", "A/B:C", "あ" * 60]
    written = {
        "sections": [
            {"id": f"s{n}", "title": title, "questions": [yesno(f"q{n}")]}
            for n, title in enumerate(titles)
        ],
        "rules": [],
    }

    assert read(book_of(written)) == written
