"""Hypothesis strategies: random questionnaires as JSON, and answers to them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from hypothesis import strategies as st

from tests.surveys.questionnaire.all_types import (
    calculated,
    dynamic_table,
    image,
    matrix,
    money,
    month,
    note,
    percent,
    ranking,
    scale,
    typed_table,
    year,
)
from tests.surveys.questionnaire.answering import AMOUNTS, values
from tests.surveys.questionnaire.building import (
    KINDS,
    Json,
    multiple,
    number,
    question,
    rule,
    single,
    table,
    text,
    yesno,
)

MAKERS: dict[str, Callable[..., Json]] = {
    "number": number,
    "yesno": yesno,
    "single": single,
    "multiple": multiple,
    "table": table,
    "typed_table": typed_table,
    "dynamic_table": dynamic_table,
    "matrix": matrix,
    "currency": money,
    "percent": percent,
    "scale": scale,
    "ranking": ranking,
    "year": year,
    "month": month,
    "organization": partial(question, type_="organization"),
    "email": partial(question, type_="email"),
    "tel": partial(question, type_="tel"),
    "url": partial(question, type_="url"),
    "text": text,
}
ORDER = ["eq", "ne", "gt", "ge", "lt", "le"]

COMPARED: dict[str, tuple[list[str], st.SearchStrategy[Any]]] = {
    "number": (ORDER, AMOUNTS),
    "currency": (ORDER, AMOUNTS),
    "percent": (ORDER, AMOUNTS),
    "scale": (ORDER, AMOUNTS),
    "calculated": (ORDER, AMOUNTS),
    "year": (ORDER, st.integers(2000, 2030)),
    "month": (ORDER, st.sampled_from(["2026-10", "2026-11"])),
    "yesno": (["eq", "ne"], st.booleans()),
    "single": (["eq", "ne"], st.sampled_from(["1", "2", "other"])),
    "organization": (["eq", "ne"], st.sampled_from(["011002", "131016"])),
    "multiple": (["contains", "not_contains"], st.sampled_from(["1", "2", "none"])),
    "ranking": (["contains", "not_contains", "first"], st.sampled_from(["a", "b", "c"])),
}


def leaf_conditions(before: list[Json]) -> st.SearchStrategy[Json]:
    kinds = st.lists(st.sampled_from(KINDS), min_size=1, max_size=4)
    leaves = [st.builds(lambda v: {"attr": "kind", "op": "in", "value": v}, kinds)]
    leaves += [answer_conditions(q) for q in before if q["type"] not in ("note", "image")]
    return st.one_of(leaves)


def answer_conditions(asked: Json) -> st.SearchStrategy[Json]:
    q = st.just(asked["id"])
    answered = st.fixed_dictionaries({"q": q, "op": st.just("answered")})
    if asked["type"] not in COMPARED:
        return answered
    ops, wanted = COMPARED[asked["type"]]
    return answered | st.fixed_dictionaries({"q": q, "op": st.sampled_from(ops), "value": wanted})


def conditions(before: list[Json]) -> st.SearchStrategy[Json]:
    def larger(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
        parts = st.lists(inner, min_size=1, max_size=3)
        return (
            parts.map(lambda p: {"all": p})
            | parts.map(lambda p: {"any": p})
            | inner.map(lambda c: {"not": c})
        )

    return st.recursive(leaf_conditions(before), larger, max_leaves=4)


def amounts(questions: list[Json]) -> st.SearchStrategy[Json]:
    leaves: list[st.SearchStrategy[Json]] = [AMOUNTS.map(lambda n: {"const": n})]
    rows, columns = st.sampled_from(["r1", "r2"]), st.sampled_from(["m", "f"])
    for asked in questions:
        id_ = asked["id"]
        if asked["type"] == "number":
            leaves.append(st.just({"q": id_}))
        if _is_plain_table(asked):
            leaves += [
                st.builds(lambda r, c, i=id_: {"cell": [i, r, c]}, rows, columns),
                st.builds(lambda r, i=id_: {"row_sum": [i, r]}, rows),
                st.builds(lambda c, i=id_: {"col_sum": [i, c]}, columns),
            ]

    def larger(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
        sums = st.lists(inner, min_size=1, max_size=3).map(lambda p: {"sum": p})
        factors = st.sampled_from([0, 1, 2, -1, 0.5])
        return sums | st.builds(lambda a, n: {"mul": [a, n]}, inner, factors)

    return st.recursive(st.one_of(leaves), larger, max_leaves=4)


def _is_plain_table(question: Json) -> bool:
    return bool(question["type"] == "table" and question["columns"][0]["id"] == "m")


def made(draw: st.DrawFn, id_: str, before: list[Json]) -> Json:
    """Return a question of any type, also one that asks nothing."""
    numbers = [q["id"] for q in before if q["type"] == "number"]
    place = draw(st.integers(0, len(MAKERS) + 2))
    if place == 0 and numbers:
        parts = draw(st.lists(st.sampled_from(numbers), min_size=1, max_size=2))
        return calculated(id_, {"sum": [{"q": name} for name in parts]})
    if place <= 1:
        return note(id_) if draw(st.booleans()) else image(id_)
    return MAKERS[draw(st.sampled_from(sorted(MAKERS)))](id_, required=draw(st.booleans()))


@st.composite
def documents(draw: st.DrawFn) -> Json:
    """A questionnaire of 1–3 sections and up to 8 questions that parses."""
    sections: list[Json] = []
    before: list[Json] = []
    for place in range(draw(st.integers(1, 3))):
        section: Json = {"id": f"s{place}", "title": f"第{place}節", "questions": []}
        if draw(st.booleans()):
            section["visible_if"] = draw(conditions(before))
        known = list(before)
        for _ in range(draw(st.integers(1, 4))):
            asked = made(draw, f"q{len(known)}", known)
            if draw(st.booleans()):
                asked["visible_if"] = draw(conditions(known))
            section["questions"].append(asked)
            known.append(asked)
        before = known
        sections.append(section)
    return {"sections": sections, "rules": draw(rule_lists(before))}


@st.composite
def rule_lists(draw: st.DrawFn, questions: list[Json]) -> list[Json]:
    numeric = [q for q in questions if q["type"] == "number" or _is_plain_table(q)]
    if not numeric:
        return []
    rules = []
    for place in range(draw(st.integers(0, 3))):
        first = draw(st.sampled_from(numeric))
        name = first["id"]
        left = {"q": name} if first["type"] == "number" else {"col_sum": [name, "m"]}
        made = rule(left, draw(st.sampled_from(ORDER)), draw(amounts(questions)), id=f"r{place}")
        if draw(st.booleans()):
            made["when"] = draw(conditions(questions))
        rules.append(made)
    return rules


@st.composite
def responses(draw: st.DrawFn) -> tuple[Json, Json]:
    """A document and answers to all of its fields, hidden ones included."""
    document = draw(documents())
    fields: dict[str, st.SearchStrategy[Any]] = {}
    for section in document["sections"]:
        for asked in section["questions"]:
            fields |= values(asked)
    return document, draw(st.fixed_dictionaries(fields))
