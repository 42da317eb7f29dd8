"""Hypothesis strategies: random questionnaires as JSON, and answers to them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from hypothesis import strategies as st

from surveys.questionnaire import DefinitionError, parse_questionnaire
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
from tests.surveys.questionnaire.answering import AMOUNTS, cells, values
from tests.surveys.questionnaire.building import (
    KINDS,
    Json,
    multiple,
    number,
    question,
    single,
    table,
    text,
    yesno,
)
from tests.surveys.questionnaire.side_definitions import (
    comparisons,
    counted,
    sides,
    unique_rules,
)

MAKERS: dict[str, Callable[..., Json]] = {
    "number": number,
    "yesno": yesno,
    "date": partial(question, type_="date", min="2020-01-01"),
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
    "date": (ORDER, st.sampled_from(["2026-01-01", "2026-02-28"])),
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
    whole = _tests(asked["type"]).map(lambda test: {"q": asked["id"], **test})
    if asked["type"] not in ("table", "dynamic_table", "matrix"):
        return whole
    name = "row" if asked["type"] == "matrix" else "cell"
    places = [_cell_conditions(name, key, cell) for key, cell in cells(asked)]
    return st.just({"q": asked["id"], "op": "answered"}) | st.one_of(places)


def _cell_conditions(name: str, key: str, cell: Json) -> st.SearchStrategy[Json]:
    return _tests(cell["type"]).map(lambda test: {name: key.split("."), **test})


def _tests(type_: str) -> st.SearchStrategy[Json]:
    answered = st.just({"op": "answered"})
    if type_ not in COMPARED:
        return answered
    ops, wanted = COMPARED[type_]
    return answered | st.fixed_dictionaries({"op": st.sampled_from(ops), "value": wanted})


def conditions(before: list[Json]) -> st.SearchStrategy[Json]:
    def larger(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
        parts = st.lists(inner, min_size=1, max_size=3)
        return (
            parts.map(lambda p: {"all": p})
            | parts.map(lambda p: {"any": p})
            | inner.map(lambda c: {"not": c})
        )

    return st.recursive(leaf_conditions(before), larger, max_leaves=4)


def made(draw: st.DrawFn, id_: str, before: list[Json]) -> Json:
    """Return a question of any type, also one that asks nothing."""
    place = draw(st.integers(0, len(MAKERS) + 2))
    if place == 0 and counted(before):
        return calculated(id_, draw(sides(before)))
    if place <= 1:
        return note(id_) if draw(st.booleans()) else image(id_)
    return MAKERS[draw(st.sampled_from(sorted(MAKERS)))](id_, required=draw(st.booleans()))


@st.composite
def drafts(draw: st.DrawFn) -> Json:
    """A questionnaire of 1–3 sections and up to 8 questions that may contradict itself."""
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


def documents() -> st.SearchStrategy[Json]:
    """Return a strategy of questionnaires that parse."""
    return drafts().map(accepted)


def accepted(document: Json) -> Json:
    """Return the document without the conditions, rules and formulas that are refused."""
    while refused := _refused(document):
        document["rules"] = [each for each in document["rules"] if each["id"] not in refused]
        for section in document["sections"]:
            if section["id"] in refused:
                del section["visible_if"]
            asked = section["questions"]
            asked[:] = [_without(each) if each["id"] in refused else each for each in asked]
    return document


def _without(refused: Json) -> Json:
    """Return a question without its condition; without its formula when it has none."""
    if "visible_if" in refused:
        return {key: value for key, value in refused.items() if key != "visible_if"}
    return number(refused["id"])


def _refused(document: Json) -> set[str]:
    try:
        parse_questionnaire(document)
    except DefinitionError as refusal:
        return {problem.where for problem in refusal.problems}
    return set()


@st.composite
def rule_lists(draw: st.DrawFn, questions: list[Json]) -> list[Json]:
    rules: list[Json] = []
    for place in range(draw(st.integers(0, 3)) if counted(questions) else 0):
        made = draw(unique_rules(questions) | comparisons(questions))
        made["id"] = f"r{place}"
        if draw(st.booleans()):
            made["when"] = draw(conditions(questions))
        rules.append(made)
    return rules


@st.composite
def responses(draw: st.DrawFn) -> tuple[Json, Json]:
    """A document and answers to all of its fields, hidden ones included."""
    document = draw(documents())
    return document, draw(answers_to(document))


def answers_to(document: Json) -> st.SearchStrategy[Json]:
    """Return a strategy of values for all fields, hidden ones included."""
    return st.fixed_dictionaries(_fields(document))


def _fields(document: Json) -> dict[str, st.SearchStrategy[Any]]:
    asked = [question for section in document["sections"] for question in section["questions"]]
    return {key: value for question in asked for key, value in values(question).items()}


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Json, Json, Json | None]:
    """A document, answers to it, and stored values of the round before, if there was one."""
    document, answers = draw(responses())
    return document, answers, draw(st.none() | answers_to(document))
