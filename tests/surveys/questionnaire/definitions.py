"""Hypothesis strategies: random questionnaires as JSON, and answers to them."""

from typing import Any

from hypothesis import strategies as st

from tests.surveys.questionnaire.building import (
    KINDS,
    Json,
    multiple,
    number,
    rule,
    single,
    table,
    yesno,
)

MAKERS = {
    "number": number,
    "yesno": yesno,
    "single": single,
    "multiple": multiple,
    "table": table,
}
ORDER = ["eq", "ne", "gt", "ge", "lt", "le"]
AMOUNTS = st.integers(0, 4)


def leaf_conditions(before: list[Json]) -> st.SearchStrategy[Json]:
    kinds = st.lists(st.sampled_from(KINDS), min_size=1, max_size=4)
    leaves = [st.builds(lambda v: {"attr": "kind", "op": "in", "value": v}, kinds)]
    leaves += [answer_conditions(question) for question in before]
    return st.one_of(leaves)


def answer_conditions(question: Json) -> st.SearchStrategy[Json]:
    q = st.just(question["id"])
    answered = st.fixed_dictionaries({"q": q, "op": st.just("answered")})
    value: dict[str, tuple[list[str], st.SearchStrategy[Any]]] = {
        "number": (ORDER, AMOUNTS),
        "yesno": (["eq", "ne"], st.booleans()),
        "single": (["eq", "ne"], st.sampled_from(["1", "2", "other"])),
        "multiple": (["contains", "not_contains"], st.sampled_from(["1", "2", "none"])),
    }
    if question["type"] not in value:
        return answered
    ops, values = value[question["type"]]
    return answered | st.fixed_dictionaries({"q": q, "op": st.sampled_from(ops), "value": values})


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
    for question in questions:
        id_ = question["id"]
        if question["type"] == "number":
            leaves.append(st.just({"q": id_}))
        if question["type"] == "table":
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
            type_ = draw(st.sampled_from(sorted(MAKERS)))
            question = MAKERS[type_](f"q{len(known)}", required=draw(st.booleans()))
            if draw(st.booleans()):
                question["visible_if"] = draw(conditions(known))
            section["questions"].append(question)
            known.append(question)
        before = known
        sections.append(section)
    return {"sections": sections, "rules": draw(rule_lists(before))}


@st.composite
def rule_lists(draw: st.DrawFn, questions: list[Json]) -> list[Json]:
    numeric = [q for q in questions if q["type"] in ("number", "table")]
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


def values(question: Json) -> dict[str, st.SearchStrategy[Any]]:
    """Return a strategy of valid or blank values for each field of a question."""
    id_, type_ = question["id"], question["type"]
    if type_ == "table":
        keys = [f"{id_}.{row}.{column}" for row in ("r1", "r2") for column in ("m", "f")]
        return {key: st.none() | AMOUNTS for key in keys}
    if type_ == "single":
        choice = st.none() | st.sampled_from(["1", "2", "other"])
        return {id_: choice, f"{id_}.other": st.sampled_from([None, "", "内容"])}
    several = st.lists(st.sampled_from(["1", "2", "3"]), unique=True).map(sorted)
    kinds = {
        "number": st.none() | AMOUNTS,
        "yesno": st.none() | st.booleans(),
        "multiple": several | st.just(["none"]),
    }
    return {id_: kinds[type_]}


@st.composite
def responses(draw: st.DrawFn) -> tuple[Json, Json]:
    """A document and answers to all of its fields, hidden ones included."""
    document = draw(documents())
    fields: dict[str, st.SearchStrategy[Any]] = {}
    for section in document["sections"]:
        for question in section["questions"]:
            fields |= values(question)
    return document, draw(st.fixed_dictionaries(fields))
