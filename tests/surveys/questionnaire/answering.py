"""Hypothesis strategies: valid, blank and refused values for every field of a question."""

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from tests.surveys.questionnaire.building import Json

AMOUNTS = st.integers(0, 4)
NAMED_PLACES = ["011002", "131016"]  # 札幌市, 千代田区
_BLANKS = st.sampled_from([None, "", "　"])
_OF_TYPE: dict[str, tuple[st.SearchStrategy[Any], list[Any]]] = {
    "number": (AMOUNTS, ["多数", -5, 1.5]),
    "currency": (AMOUNTS, [0.5, 1001, "約3"]),
    "percent": (st.sampled_from([0, 12.5, 100]), [100.5, 12.25, -1]),
    "scale": (st.integers(1, 5), [0, 6, "良い"]),
    "text": (st.sampled_from(["一", "二"]), ["改\n行", "長" * 30]),
    "email": (st.sampled_from(["a@example.jp"]), ["a@", "電子"]),
    "tel": (st.sampled_from(["03-0000-0000"]), ["110", "電話"]),
    "url": (st.sampled_from(["https://example.jp/"]), ["example.jp", "ftp://example.jp/"]),
    "yesno": (st.booleans(), ["多分"]),
    "date": (st.sampled_from(["2026-01-01", "2026-02-28"]), ["2026-02-29", "2019-12-31"]),
    "year": (st.integers(2000, 2030), [1999, 2031, "8"]),
    "month": (st.sampled_from(["2026-11", "2020-04"]), ["2026-13", "2020-03"]),
    "organization": (st.sampled_from(NAMED_PLACES), ["011003", "01100"]),
}
_LISTS = {
    "multiple": (
        st.lists(st.sampled_from(["1", "2", "3"]), unique=True).map(sorted),
        [["1", "none"]],
    ),
    "ranking": (
        st.lists(st.sampled_from(["a", "b", "c"]), unique=True, max_size=2),
        [["", "a"], ["a", "a"], ["a", "b", "c"], ["x"]],
    ),
}


def values(question: Json) -> dict[str, st.SearchStrategy[Any]]:
    """Return a strategy of values for each field of a question."""
    id_, type_ = question["id"], question["type"]
    if type_ in ("table", "dynamic_table", "matrix"):
        return {key: _cell(cell) for key, cell in cells(question)}
    if type_ == "single":
        return {id_: _choice(question), f"{id_}.other": st.sampled_from([None, "", "内容"])}
    if type_ in _LISTS:
        good, bad = _LISTS[type_]
        return {id_: good | st.sampled_from([[], None, *bad])}
    return {id_: _cell(question)} if type_ in _OF_TYPE else {}


def cells(question: Json) -> Iterator[tuple[str, Json]]:
    """Yield the key of each cell of a table or matrix with what it takes, row by row."""
    id_ = question["id"]
    if question["type"] == "matrix":
        for row in question["rows"]:
            yield f"{id_}.{row['id']}", {"type": "single", "options": question["options"]}
        return
    for row_id in row_ids(question):
        for column in question["columns"]:
            yield f"{id_}.{row_id}.{column['id']}", {"type": "number", **column}


def row_ids(question: Json) -> list[str]:
    """Return the ids of all rows that a table can have."""
    if question["type"] == "dynamic_table":
        return [str(number) for number in range(1, question["max_rows"] + 1)]
    return [row["id"] for row in question["rows"]]


def _cell(cell: Json) -> st.SearchStrategy[Any]:
    if cell["type"] == "single":
        return _choice(cell)
    good, bad = _OF_TYPE[cell["type"]]
    return _BLANKS | good | good | st.sampled_from(bad)


def _choice(question: Json) -> st.SearchStrategy[Any]:
    options = [option["value"] for option in question["options"]]
    return st.sampled_from([None, "", "無い選択肢", *options, *options])
