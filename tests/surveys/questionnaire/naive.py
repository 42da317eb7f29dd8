"""A second, slow and simple evaluator, written from docs/questionnaire.md alone."""

import operator
from decimal import Decimal
from typing import Any

from tests.surveys.questionnaire.answering import cells, row_ids
from tests.surveys.questionnaire.building import Json
from tests.surveys.questionnaire.naive_values import is_blank, is_valid

OPS: dict[str, Any] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
    "contains": lambda value, part: part in value,
    "not_contains": lambda value, part: part not in value,
    "first": lambda value, part: value[0] == part,
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

    def parts(self, id_: str) -> dict[str, Json]:
        """The fields of a question that can be seen while it is, without free texts."""
        question = self.questions[id_][1]
        if question["type"] in ("note", "image"):
            return {}
        if question["type"] not in ("table", "dynamic_table", "matrix"):
            return {id_: question}
        seen = self.seen_rows(id_) if question["type"] == "dynamic_table" else None
        return {
            key: cell
            for key, cell in cells(question)
            if seen is None or int(key.split(".")[1]) <= seen
        }

    def existing_rows(self, id_: str) -> int:
        keys = [key for key, value in self.answers.items() if key.startswith(f"{id_}.")]
        return max([0, *(int(k.split(".")[1]) for k in keys if not is_blank(self.answers[k]))])

    def seen_rows(self, id_: str) -> int:
        return max(self.existing_rows(id_), self.needed_rows(id_))

    def needed_rows(self, id_: str) -> int:
        question = self.questions[id_][1]
        return max(int(question["min_rows"]), 1 if question["required"] else 0)

    def free_text(self, id_: str) -> list[str]:
        chosen = self.answers.get(id_) == "other" and self.questions[id_][1]["type"] == "single"
        return [f"{id_}.other"] if chosen else []

    def visible_fields(self) -> set[str]:
        return {
            key
            for id_ in self.visible_questions()
            for key in [*self.parts(id_), *self.free_text(id_)]
        }

    def value(self, key: str, cell: Json) -> Any:
        """The value of a visible field, None when it is blank or refused."""
        if cell["type"] == "calculated":
            return self.calculated(cell["id"])
        value = self.answers.get(key)
        return None if is_blank(value) or not is_valid(cell, value) else value

    def invalid_keys(self) -> set[str]:
        return {
            key
            for id_ in self.visible_questions()
            for key, cell in self.parts(id_).items()
            if not is_blank(self.answers.get(key)) and self.value(key, cell) is None
        }

    def calculated(self, id_: str) -> Decimal | None:
        numbers = [part["q"] for part in self.questions[id_][1]["formula"]["sum"]]
        if not all(self.answered(number) for number in numbers):
            return None
        return sum((Decimal(self.answers[number]) for number in numbers), Decimal(0))

    def cells(self, id_: str) -> dict[str, Any]:
        values = {key: self.value(key, cell) for key, cell in self.parts(id_).items()}
        return {key: value for key, value in values.items() if value is not None}

    def answered(self, id_: str) -> bool:
        return self.visible(id_) and bool(self.cells(id_))

    def countable(self, id_: str) -> bool:
        return self.answered(id_) and self.invalid_keys().isdisjoint(self.parts(id_))

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
        return bool(
            OPS[condition["op"]](self.cells(condition["q"])[condition["q"]], condition["value"])
        )

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
        found = self.cells(inner[0])
        if form == "col_sum":
            return sum((Decimal(n) for k, n in found.items() if k.endswith(inner[1])), Decimal(0))
        return sum((Decimal(n) for k, n in found.items() if k.startswith(start[form])), Decimal(0))

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
                self.countable(q) for q in self.read_by(rule["left"]) | self.read_by(rule["right"])
            )
            and self.true(rule.get("when"))
            and not OPS[rule["op"]](self.amount(rule["left"]), self.amount(rule["right"]))
        ]

    def blank_keys(self) -> set[str]:
        return {key for id_ in self.visible_questions() for key in self.blank_in(id_)}

    def blank_in(self, id_: str) -> set[str]:
        question = self.questions[id_][1]
        blank = {key for key in self.parts(id_) if is_blank(self.answers.get(key))}
        texts = {key for key in self.free_text(id_) if is_blank(self.answers[key])}
        if question["type"] == "calculated":
            return set()
        if question["type"] == "dynamic_table":
            return self.blank_in_rows(id_, blank)
        if question["type"] == "ranking" and len(self.value(id_, question) or []) < 2:
            blank = {id_} - self.invalid_keys()
        return texts | (blank if question.get("required") else set())

    def blank_in_rows(self, id_: str, blank: set[str]) -> set[str]:
        question, existing = self.questions[id_][1], self.existing_rows(id_)
        required = {c["id"] for c in question["columns"] if c.get("required")}
        return {
            key
            for key in blank
            if int(key.split(".")[1]) > existing or key.split(".")[2] in required
        }

    def total(self, id_: str, row: str = "", column: str = "") -> Decimal | None:
        numbers = [
            Decimal(value)
            for key, value in self.cells(id_).items()
            if self.parts(id_)[key]["type"] == "number"
            and row in ("", key.split(".")[1])
            and column in ("", key.split(".")[2])
        ]
        return sum(numbers, Decimal(0)) if numbers else None

    def totals(self, id_: str) -> tuple[Json, Json, Decimal | None]:
        """The totals that the table asks for: by row, by column, and of all."""
        question = self.questions[id_][1]
        asked = question["totals"]
        columns = [c["id"] for c in question["columns"] if c.get("type", "number") == "number"]
        by_row = {row: self.total(id_, row=row) for row in row_ids(question) if asked.get("row")}
        by_column = {column: self.total(id_, column=column) for column in columns}
        whole = self.total(id_) if asked.get("row") else None
        return by_row, by_column, whole
