"""Conditions as rows that are picked: [question][is][value], in groups, one level deep.

What can't be shown so (``not``, deeper nesting, cells of tables) is written as a formula instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from surveys.authoring.finding import Json, short
from surveys.questionnaire import InvalidValue
from surveys.questionnaire.attributes import ATTRIBUTE_LABELS, VOCABULARY
from surveys.questionnaire.kinds import (
    DateAnswer,
    MonthAnswer,
    NumberAnswer,
    OrganizationAnswer,
    YearAnswer,
)

_KINDS: Final[Mapping[str, str]] = {
    "single": "choice",
    "yesno": "yesno",
    "multiple": "choices",
    "ranking": "ranking",
    "date": "date",
    "month": "month",
    "year": "year",
    "organization": "organization",
    **dict.fromkeys(("number", "currency", "percent", "scale", "calculated"), "number"),
}
_ORDER: Final = (("eq", "が次と等しい"), ("ne", "が次と等しくない"))
_AMOUNT: Final = (
    *_ORDER,
    ("ge", "が次以上"),
    ("gt", "が次を超える"),
    ("le", "が次以下"),
    ("lt", "が次未満"),
)
_TIME: Final = (
    *_ORDER,
    ("ge", "が次以後"),
    ("gt", "が次より後"),
    ("le", "が次以前"),
    ("lt", "が次より前"),
)
_CHOICE: Final = (("eq", "が次である"), ("ne", "が次でない"), ("in", "が次のいずれかである"))
_CHOICES: Final = (("contains", "が次を含む"), ("not_contains", "が次を含まない"))
_ANSWERED: Final = (("answered", "に回答がある"),)
OPS: Final[Mapping[str, Sequence[tuple[str, str]]]] = {
    "attribute": (("eq", "が次である"), ("in", "が次のいずれかである")),
    "choice": (*_CHOICE, *_ANSWERED),
    "matrix": (*_CHOICE, *_ANSWERED),
    "yesno": (*_CHOICE[:2], *_ANSWERED),
    "choices": (*_CHOICES, *_ANSWERED),
    "ranking": (("first", "の1位が次である"), *_CHOICES, *_ANSWERED),
    "number": (*_AMOUNT, *_ANSWERED),
    "date": (*_TIME, *_ANSWERED),
    "month": (*_TIME, *_ANSWERED),
    "year": (*_TIME, *_ANSWERED),
    "organization": (
        ("eq", "が次の団体コードである"),
        ("ne", "が次の団体コードでない"),
        *_ANSWERED,
    ),
    "other": _ANSWERED,
}
_TRUTHS: Final = [("true", "はい"), ("false", "いいえ")]
_ANSWERS: Final[
    Mapping[str, NumberAnswer | DateAnswer | MonthAnswer | YearAnswer | OrganizationAnswer]
] = {
    "number": NumberAnswer(decimals=6),
    "date": DateAnswer(),
    "month": MonthAnswer(),
    "year": YearAnswer(),
    "organization": OrganizationAnswer(),
}


class PickRefused(ValueError):
    """A row that says nothing yet; the message is Japanese."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a row may ask about. ``token`` names it in a form (``q staff``, ``row q3 r1``)."""

    token: str
    label: str
    kind: str
    options: Sequence[tuple[str, str]] = ()

    @property
    def ops(self) -> Sequence[tuple[str, str]]:
        """The operators that fit, with their words."""
        return OPS[self.kind]


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it is picked; all its parts may still be blank."""

    subject: str = ""
    op: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of which ``all`` or ``any`` must hold."""

    match: str
    rows: tuple[Row, ...]


def subjects(questions: Sequence[Json]) -> list[Subject]:
    """Everything that a condition may read: attributes of the organization, then the questions."""
    found = [
        Subject(f"attr {name}", f"回答団体の{label}", "attribute", list(VOCABULARY[name].items()))
        for name, label in ATTRIBUTE_LABELS.items()
    ]
    for question in questions:
        found += _subjects_of(question)
    return found


def _subjects_of(question: Json) -> list[Subject]:
    if question["type"] in {"note", "image"}:
        return []
    options = [(o["value"], o["label"]) for o in question.get("options", [])]
    if question["type"] == "matrix":
        whole = Subject(f"q {question['id']}", short(question), "other")
        rows = [
            Subject(
                f"row {question['id']} {row['id']}",
                f"{short(question)}の{short(row)}",
                "matrix",
                options,
            )
            for row in question["rows"]
        ]
        return [whole, *rows]
    kind = _KINDS.get(question["type"], "other")
    truths = _TRUTHS if kind == "yesno" else options
    return [Subject(f"q {question['id']}", short(question), kind, truths)]


def picked(condition: Json | None) -> tuple[str, list[Group]] | None:
    """Return how the groups are joined and the groups; None for what rows can't show."""
    if condition is None:
        return "all", [Group("all", (Row(),))]
    if (row := _row(condition)) is not None:
        return "all", [Group("all", (row,))]
    match = next((name for name in ("all", "any") if name in condition), "")
    if not match:
        return None
    rows = [_row(part) for part in condition[match]]
    if None not in rows:
        return "all", [Group(match, tuple(row for row in rows if row))]
    groups = [
        Group(match, (row,)) if row else _inner(part)
        for part, row in zip(condition[match], rows, strict=True)
    ]
    return None if None in groups else (match, [group for group in groups if group])


def _inner(part: Json) -> Group | None:
    for match in ("all", "any"):
        if match in part:
            rows = [_row(leaf) for leaf in part[match]]
            found = tuple(row for row in rows if row)
            return Group(match, found) if len(found) == len(rows) else None
    return None


def _row(leaf: Json) -> Row | None:
    for name in ("q", "attr", "row"):
        if name in leaf:
            place = leaf[name] if isinstance(leaf[name], list) else [leaf[name]]
            value = leaf.get("value")
            values = value if isinstance(value, list) else [] if value is None else [value]
            return Row(" ".join([name, *place]), leaf["op"], tuple(map(_typed, values)))
    return None


def _typed(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def condition_of(match: str, groups: Sequence[Group], among: Sequence[Subject]) -> Json | None:
    """Return the condition of the rows, None when none is picked; blank rows say nothing.

    Raises PickRefused for a row without a value, or with one that its question can't have.
    """
    by_token = {subject.token: subject for subject in among}
    parts = [(g.match, [_leaf(r, by_token) for r in g.rows if r.subject]) for g in groups]
    parts = [(inner, leaves) for inner, leaves in parts if leaves]
    if len(parts) == 1:
        inner, leaves = parts[0]
        return leaves[0] if len(leaves) == 1 else {inner: leaves}
    joined = [leaves[0] if len(leaves) == 1 else {inner: leaves} for inner, leaves in parts]
    return {match: joined} if joined else None


def _leaf(row: Row, by_token: Mapping[str, Subject]) -> Json:
    subject = by_token.get(row.subject)
    if subject is None:
        raise PickRefused("選んだ設問は、ここでは使えません。選び直してください。")
    if row.op not in dict(subject.ops):
        raise PickRefused(f"{subject.label}に合う比べ方を選んでください。")
    name, *place = row.subject.split(" ")
    leaf: Json = {name: place if name == "row" else place[0], "op": row.op}
    if row.op == "answered":
        return leaf
    values = [_constant(subject, value) for value in row.values if value.strip()]
    if not values:
        raise PickRefused(f"{subject.label}と比べる値を入力してください。")
    return {**leaf, "value": values if row.op == "in" else values[0]}


def _constant(subject: Subject, text: str) -> Any:
    if subject.options:
        if text not in dict(subject.options):
            raise PickRefused(f"{subject.label}の値を、一覧から選び直してください。")
        return text == "true" if subject.kind == "yesno" else text
    try:
        value = _ANSWERS[subject.kind].normalise(text)
    except InvalidValue as refusal:
        raise PickRefused(f"{subject.label}と比べる値：{refusal}") from None
    return float(value) if isinstance(value, Decimal) else value
