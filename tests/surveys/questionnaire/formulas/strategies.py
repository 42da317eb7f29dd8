"""Hypothesis strategies: every condition, side and rule that a document can hold."""

from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

ids = st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True)
numbers = st.integers(-(10**14), 10**14) | st.decimals(-1000, 1000, places=3, allow_nan=False).map(
    float
)
days = st.dates().map(lambda day: day.isoformat())
months = days.map(lambda day: day[:7])
literals = numbers | st.booleans() | ids | days | months


def _lists(of: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(of, min_size=1, max_size=4)


places = (
    ids.map(lambda q: {"q": q})
    | st.tuples(ids, ids).map(lambda path: {"row": [*path]})
    | st.tuples(ids, ids, ids).map(lambda path: {"cell": [*path]})
)
tests = (
    st.just({"op": "answered"})
    | st.fixed_dictionaries({"op": st.just("in"), "value": _lists(ids)})
    | st.fixed_dictionaries(
        {"op": st.sampled_from(["contains", "not_contains", "first"]), "value": ids}
    )
    | st.fixed_dictionaries(
        {"op": st.sampled_from(["eq", "ne", "gt", "ge", "lt", "le"]), "value": literals}
    )
)
attributes = (
    st.fixed_dictionaries({"attr": ids, "op": st.just("eq"), "value": ids | st.booleans()})
    | st.fixed_dictionaries(
        {"attr": st.sampled_from(["kind"]), "op": st.just("in"), "value": _lists(ids)}
    )
    | st.fixed_dictionaries(
        {
            "attr": st.just("has_health_center"),
            "op": st.just("in"),
            "value": _lists(st.booleans()),
        }
    )
)


def _joined(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    return (
        _lists(inner).map(lambda parts: {"all": parts})
        | _lists(inner).map(lambda parts: {"any": parts})
        | inner.map(lambda part: {"not": part})
    )


conditions: st.SearchStrategy[Json] = st.recursive(
    st.builds(lambda place, test: {**place, **test}, places, tests) | attributes,
    _joined,
    max_leaves=12,
)


def _span(name: str, form: str, of: st.SearchStrategy[str]) -> st.SearchStrategy[Json]:
    ends = ids.map(lambda q: {"q": q}) | of.map(lambda moment: {form: moment})
    return st.tuples(ends, ends).map(lambda pair: {name: [*pair]})


leaves: st.SearchStrategy[Json] = st.one_of(
    numbers.map(lambda number: {"const": number}),
    ids.map(lambda q: {"q": q}),
    ids.map(lambda table: {"count_rows": table}),
    st.tuples(ids, ids, ids).map(lambda path: {"cell": [*path]}),
    st.tuples(ids, ids).map(lambda path: {"row_sum": [*path]}),
    st.tuples(ids, ids).map(lambda path: {"col_sum": [*path]}),
    _span("days", "date", days),
    _span("months", "month", months),
)


def _named(form: str, inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    return inner.map(lambda thing: {form: thing})


def _calculated(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    pair = st.tuples(inner, inner).map(list)
    return st.one_of(
        _lists(inner).map(lambda parts: {"sum": parts}),
        *(_named(form, pair) for form in ("sub", "product", "div")),
        *(_named(form, inner) for form in ("abs", "prev", "change_rate")),
        st.tuples(inner, numbers).map(lambda two: {"mul": [*two]}),
        st.tuples(inner, st.integers(0, 6)).map(lambda two: {"round": [*two]}),
    )


sides: st.SearchStrategy[Json] = st.recursive(leaves, _calculated, max_leaves=12)
rules: st.SearchStrategy[Json] = st.fixed_dictionaries(
    {"left": sides, "op": st.sampled_from(["eq", "ne", "gt", "ge", "lt", "le"]), "right": sides}
) | st.tuples(ids, _lists(ids)).map(lambda pair: {"unique": [*pair]})
