"""Hypothesis strategies: random sides over given questions, and rules made of them."""

from typing import Any

from hypothesis import strategies as st

from tests.surveys.questionnaire.answering import AMOUNTS, row_ids
from tests.surveys.questionnaire.building import Json, rule, unique_rule

COUNTED = ("number", "currency", "percent", "scale", "year", "calculated")
OPS = ["eq", "ne", "gt", "ge", "lt", "le"]


def counted(questions: list[Json]) -> list[st.SearchStrategy[Json]]:
    """Return strategies of what can be read as a number."""
    return [side for question in questions for side in _read(question)]


def _read(question: Json) -> list[st.SearchStrategy[Json]]:
    id_, type_ = question["id"], question["type"]
    if type_ in COUNTED:
        return [st.just({"q": id_})]
    if type_ not in ("table", "dynamic_table"):
        return []
    numbers = [c["id"] for c in question["columns"] if c.get("type", "number") == "number"]
    rows, columns = st.sampled_from(row_ids(question)), st.sampled_from(numbers)
    counting = [st.just({"count_rows": id_})] if type_ == "dynamic_table" else []
    return [
        *counting,
        st.builds(lambda row, column: {"cell": [id_, row, column]}, rows, columns),
        rows.map(lambda row: {"row_sum": [id_, row]}),
        columns.map(lambda column: {"col_sum": [id_, column]}),
    ]


def _spans(questions: list[Json]) -> list[st.SearchStrategy[Json]]:
    days = [{"q": q["id"]} for q in questions if q["type"] == "date"]
    months = [{"q": q["id"]} for q in questions if q["type"] == "month"]
    forms = (("days", days, {"date": "2026-01-15"}), ("months", months, {"month": "2026-01"}))
    return [
        _named(form, st.tuples(st.sampled_from(asked), st.sampled_from([*asked, fixed])).map(list))
        for form, asked, fixed in forms
        if asked
    ]


def _named(form: str, inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    return inner.map(lambda thing: {form: thing})


def _larger(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    two = st.tuples(inner, inner).map(list)
    return st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"sum": parts}),
        *(_named(form, two) for form in ("sub", "product", "div")),
        _named("abs", inner),
        st.tuples(inner, st.sampled_from([0, 1, 2, -1, 0.5])).map(lambda pair: {"mul": [*pair]}),
        st.tuples(inner, st.integers(0, 2)).map(lambda pair: {"round": [*pair]}),
    )


def sides(questions: list[Json]) -> st.SearchStrategy[Json]:
    """Return a strategy of sides; some look back to the previous round."""
    constants = AMOUNTS.map(lambda number: {"const": number})
    leaves = st.one_of(constants, *counted(questions), *_spans(questions))
    now = st.recursive(leaves, _larger, max_leaves=4)
    looking_back = now.map(lambda side: {"prev": side}) | now.map(
        lambda side: {"change_rate": side}
    )
    return now | looking_back | _larger(now | looking_back)


def comparisons(questions: list[Json]) -> st.SearchStrategy[Json]:
    """Return a strategy of rules that compare, the left side reading something of this round."""
    return st.builds(rule, st.one_of(counted(questions)), st.sampled_from(OPS), sides(questions))


def unique_rules(questions: list[Json]) -> st.SearchStrategy[Json]:
    """Return a strategy of rules on rows that must differ; nothing where there is no table."""
    tables = [q for q in questions if q["type"] in ("table", "dynamic_table")]
    return st.one_of([_unique_in(table) for table in tables])


def _unique_in(table: Json) -> st.SearchStrategy[Json]:
    names = st.sampled_from([column["id"] for column in table["columns"]])
    columns = st.lists(names, min_size=1, max_size=2, unique=True)
    return columns.map(lambda chosen: unique_rule([table["id"], chosen]))
