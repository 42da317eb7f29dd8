"""What names of a form stand for here, and formulas in which they stand."""

import re
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from surveys.authoring.finding import Json
from surveys.authoring.xlsform.choices import ID
from surveys.questionnaire.formulas import FormulaError, read_condition

_REFERENCE: Final = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
_UNKNOWN: Final = "「{name}」は、ここまでに取り込んだ設問にありません。"
_NUMBERS: Final = frozenset({"number", "currency", "percent", "scale", "calculated", "year"})
_AS_CHOICE: Final = {"contains": "eq", "not_contains": "ne"}
_TRUTHS: Final = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}
_MONTH: Final = len("2026-04")


@dataclass(slots=True)
class Names:
    """Paths (``q``, ``table.column``, ``matrix.row``) by name; questions and choices by id."""

    paths: dict[str, str] = field(default_factory=dict)
    questions: dict[str, Json] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def identify(self, name: str, prefix: str) -> str:
        """An id for a name of the form: the name itself where it is one and still free."""
        if ID.fullmatch(name) and name not in self.taken:
            chosen = name
        else:
            free = (f"{prefix}{number}" for number in count(1))
            chosen = next(each for each in free if each not in self.taken)
        self.taken.add(chosen)
        return chosen

    def keep(self, name: str, question: Json, values: dict[str, str] | None = None) -> None:
        """Let later formulas read a question."""
        self.paths.setdefault(name, question["id"])
        self.questions[question["id"]] = question
        self.values[question["id"]] = values or {}

    def translate(self, formula: str) -> str:
        """Put our paths in the place of names. Raises FormulaError for what did not come in."""

        def path(match: re.Match[str]) -> str:
            if match[1] not in self.paths:
                raise FormulaError(_UNKNOWN.format(name=match[1]))
            return f"${{{self.paths[match[1]]}}}"

        return _REFERENCE.sub(path, formula)

    def condition(self, formula: str) -> Json:
        """Read a ``relevant``. Raises FormulaError."""
        return self.fitted(read_condition(self.translate(formula)))

    def fitted(self, condition: Json) -> Json:
        """Forms don't tell texts, numbers and truth apart as strictly as our conditions do."""
        for joint in ("all", "any"):
            if joint in condition:
                return {joint: [self.fitted(part) for part in condition[joint]]}
        if "not" in condition:
            return {"not": self.fitted(condition["not"])}
        place = condition.get("q") or (condition.get("row") or [""])[0]
        question = self.questions.get(place)
        if question is None or "value" not in condition:
            return condition
        return _fit(condition, question["type"], self.values[place])


def _fit(leaf: Json, type_: str, values: dict[str, str]) -> Json:
    if type_ in ("single", "matrix") and leaf["op"] in _AS_CHOICE:
        leaf = {**leaf, "op": _AS_CHOICE[leaf["op"]]}
    if type_ == "yesno" and leaf["op"] in _AS_CHOICE:
        leaf = {**leaf, "op": _AS_CHOICE[leaf["op"]]}
    value = leaf["value"]
    if isinstance(value, list):
        return {**leaf, "value": [_value(each, type_, values) for each in value]}
    return {**leaf, "value": _value(value, type_, values)}


def _value(value: Any, type_: str, values: dict[str, str]) -> object:
    if type_ == "yesno" and not isinstance(value, bool):
        return _TRUTHS.get(str(value), value)
    if type_ in ("single", "multiple", "ranking", "matrix") and not isinstance(value, bool):
        return values.get(str(value), str(value))
    if type_ in _NUMBERS and isinstance(value, str):
        return float(value) if re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,9})?", value) else value
    if type_ == "month" and isinstance(value, str):
        return value[:_MONTH]
    return value
