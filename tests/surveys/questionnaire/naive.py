"""A second, slow and simple evaluator, written from docs/questionnaire.md alone."""

import operator
from decimal import Decimal
from typing import Any

from tests.surveys.questionnaire.answering import cells, row_ids
from tests.surveys.questionnaire.building import Json
from tests.surveys.questionnaire.naive_sides import Round, worked_out
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
NUMBERS = (int, float)


class Naive:
    """What is visible, added up, missing and broken, by asking again and again."""

    def __init__(
        self, document: Json, answers: Json, kind: str, previous: Json | None = None
    ) -> None:
        self.document, self.answers, self.kind = document, answers, kind
        self.previous = previous
        self._visible: dict[str, bool] = {}
        self.questions = {
            q["id"]: (section, q) for section in document["sections"] for q in section["questions"]
        }

    def visible(self, id_: str) -> bool:
        if id_ not in self._visible:
            self._visible[id_] = self._shows(id_)
        return self._visible[id_]

    def _shows(self, id_: str) -> bool:
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

    def refused_in(self, id_: str) -> set[str]:
        return {
            key
            for key, cell in self.parts(id_).items()
            if not is_blank(self.answers.get(key)) and self.value(key, cell) is None
        }

    def invalid_keys(self) -> set[str]:
        return {key for id_ in self.visible_questions() for key in self.refused_in(id_)}

    def calculated(self, id_: str) -> Decimal | None:
        question = self.questions[id_][1]
        return worked_out({"round": [question["formula"], question["decimals"]]}, self)

    def cells(self, id_: str) -> dict[str, Any]:
        values = {key: self.value(key, cell) for key, cell in self.parts(id_).items()}
        return {key: value for key, value in values.items() if value is not None}

    def answered(self, id_: str) -> bool:
        return self.visible(id_) and bool(self.cells(id_))

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
        place: list[str] = condition.get("cell") or condition.get("row") or [condition["q"]]
        id_, *path = place
        key = ".".join((id_, *path))
        if condition["op"] == "answered" and not path:
            return self.answered(id_)
        value = self.cells(id_).get(key) if self.visible(id_) else None
        if condition["op"] == "answered":
            return value is not None
        return value is not None and bool(OPS[condition["op"]](value, condition["value"]))

    def one(self, id_: str) -> Any:
        return self.cells(id_).get(id_) if self.visible(id_) else None

    def numbers(self, table: str) -> dict[str, Decimal] | None:
        """The numbers in a table, None when there is none or something in it is refused."""
        if not self.visible(table) or self.refused_in(table):
            return None
        found = {k: Decimal(str(v)) for k, v in self.cells(table).items() if type(v) in NUMBERS}
        return found or None

    def rows(self, table: str) -> int:
        return self.existing_rows(table) if self.visible(table) else 0

    def before(self) -> Round | None:
        return None if self.previous is None else Round(self.previous)

    def broken_rules(self) -> list[str]:
        return [
            rule["id"]
            for rule in self.document["rules"]
            if self.true(rule.get("when"))
            and (self.is_alike(rule) if "unique" in rule else self.is_off(rule))
        ]

    def is_off(self, rule: Json) -> bool:
        left, right = worked_out(rule["left"], self), worked_out(rule["right"], self)
        return left is not None and right is not None and not OPS[rule["op"]](left, right)

    def is_alike(self, rule: Json) -> bool:
        table, columns = rule["unique"]
        if not self.visible(table):
            return False
        question, found = self.questions[table][1], self.cells(table)
        rows = [[found.get(f"{table}.{row}.{c}") for c in columns] for row in row_ids(question)]
        filled = [row for row in rows if any(value is not None for value in row)]
        return any(row in filled[:place] for place, row in enumerate(filled))

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
