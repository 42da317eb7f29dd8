"""A second, slow and simple evaluator, written from `_about` of the sample file alone."""

import operator
from decimal import Decimal
from typing import Any

from tests.surveys.questionnaire.building import Json

OPS: dict[str, Any] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
    "contains": lambda value, part: part in value,
    "not_contains": lambda value, part: part not in value,
}


class Naive:
    """What is visible, added up, missing and broken, by asking again and again."""

    def __init__(self, document: Json, answers: Json, kind: str) -> None:
        self.document, self.answers, self.kind = document, answers, kind
        self.questions = {
            q["id"]: (section, q) for section in document["sections"] for q in section["questions"]
        }

    def visible(self, id_: str) -> bool:
        section, question = self.questions[id_]
        return self.true(section.get("visible_if")) and self.true(question.get("visible_if"))

    def visible_questions(self) -> set[str]:
        return {id_ for id_ in self.questions if self.visible(id_)}

    def cells(self, id_: str) -> dict[str, Any]:
        return {
            key: value
            for key, value in self.answers.items()
            if key.startswith(f"{id_}.") and value is not None
        }

    def answered(self, id_: str) -> bool:
        if not self.visible(id_):
            return False
        if self.questions[id_][1]["type"] == "table":
            return bool(self.cells(id_))
        return self.answers[id_] not in (None, "", [])

    def true(self, condition: Json | None) -> bool:
        if condition is None:
            return True
        if "all" in condition:
            return all(self.true(part) for part in condition["all"])
        if "any" in condition:
            return any(self.true(part) for part in condition["any"])
        if "not" in condition:
            return not self.true(condition["not"])
        if "attr" in condition:
            return self.kind in condition["value"]
        if not self.answered(condition["q"]):
            return False
        if condition["op"] == "answered":
            return True
        return bool(OPS[condition["op"]](self.answers[condition["q"]], condition["value"]))

    def amount(self, side: Json) -> Decimal:
        ((form, inner),) = side.items()
        if form == "const":
            return Decimal(str(inner))
        if form == "sum":
            return sum((self.amount(part) for part in inner), Decimal(0))
        if form == "mul":
            return self.amount(inner[0]) * Decimal(str(inner[1]))
        if form == "q":
            return Decimal(self.answers[inner])
        start = {"cell": ".".join(inner), "row_sum": f"{inner[0]}.{inner[1]}."}
        cells = self.cells(inner[0])
        if form == "col_sum":
            return sum((Decimal(n) for k, n in cells.items() if k.endswith(inner[1])), Decimal(0))
        return sum((Decimal(n) for k, n in cells.items() if k.startswith(start[form])), Decimal(0))

    def read_by(self, side: Json) -> set[str]:
        ((form, inner),) = side.items()
        if form == "const":
            return set()
        if form == "sum":
            return set().union(*(self.read_by(part) for part in inner))
        return self.read_by(inner[0]) if form == "mul" else {inner if form == "q" else inner[0]}

    def broken_rules(self) -> list[str]:
        return [
            rule["id"]
            for rule in self.document["rules"]
            if all(
                self.answered(q) for q in self.read_by(rule["left"]) | self.read_by(rule["right"])
            )
            and self.true(rule.get("when"))
            and not OPS[rule["op"]](self.amount(rule["left"]), self.amount(rule["right"]))
        ]

    def blank_keys(self) -> set[str]:
        blank: set[str] = set()
        for id_ in self.visible_questions():
            question = self.questions[id_][1]
            if question["required"] and question["type"] == "table":
                keys = {f"{id_}.{row}.{column}" for row in ("r1", "r2") for column in ("m", "f")}
                blank |= {key for key in keys if self.answers[key] is None}
            elif question["required"] and not self.answered(id_):
                blank.add(id_)
            if self.answers.get(id_) == "other" and not self.answers[f"{id_}.other"]:
                blank.add(f"{id_}.other")
        return blank

    def total(self, id_: str, row: str = "", column: str = "") -> Decimal | None:
        cells = [
            Decimal(value)
            for key, value in self.cells(id_).items()
            if row in key.split(".")[1] and column in key.split(".")[2]
        ]
        return sum(cells, Decimal(0)) if cells else None
