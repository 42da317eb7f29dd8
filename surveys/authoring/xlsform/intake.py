"""What an import has taken so far, and the parts that every row has."""

import re
from dataclasses import dataclass, field
from typing import Final

from surveys.authoring.finding import Json
from surveys.authoring.slips import Slip
from surveys.authoring.xlsform.choices import ChoiceList
from surveys.authoring.xlsform.constraints import limit, rule, split
from surveys.authoring.xlsform.names import Names
from surveys.authoring.xlsform.tables import FormRow
from surveys.questionnaire.formulas import FormulaError
from surveys.questionnaire.formulas.nodes import Node

_MOST: Final = 4_000
YESNO: Final = [{"value": "yes", "label": "はい"}, {"value": "no", "label": "いいえ"}]
_UNIT: Final = re.compile(r"(?:^|\n)単位：([^\n]{1,20})$")
_YES: Final = frozenset({"yes", "true", "true()", "1"})
_NO: Final = frozenset({"", "no", "false", "false()", "0"})
_ALWAYS: Final = "表示条件を取り込めないため、常に表示します：{reason}"
_OPTIONAL: Final = "条件の付いた必須は表せないため、任意にします。"
_UNCHECKED: Final = "制約を取り込めません：{reason}"
_OWN_WORDS: Final = "範囲や書式の誤りは、このポータルの決まった文で知らせるため、取り込みません。"
_NO_LABEL: Final = "設問文（label）がないため、名前（name）を設問文にします。"
_LITERAL: Final = "文の中の${…}は、値に置き換わらず、そのまま表示されます。"
_LOOK: Final = "表示の指定「{look}」は、取り込みません。"
_MESSAGE: Final = "「{label}」の回答が、決められた条件を満たしていません。"
_NO_CONSTRAINT: Final = "制約を取り込めないため、その文も取り込みません。"
_LIMITS_ONLY: Final = "表の列では、範囲だけを取り込めます。"
_COALESCE: Final = re.compile(r"coalesce\(\s*(\$\{[^{}]*\}|\.)\s*,\s*0\s*\)")
_BLANKS: Final = "coalesceを外します。空欄のときは、計算や確認をしません。"
_RENAMED: Final = "名前「{name}」は、IDにできないか重複しているため、「{id}」に変えます。"
_LIMITED: Final = "文字数の制限のない欄は、1行は500字、複数行は4,000字、表の列は200字とします。"
_UNUSED: Final = "選択肢の一覧「{name}」は、取り込む設問で使われないため、取り込みません。"
_LENGTHS: Final = {"text": 500, "longtext": _MOST}
_IN_COLUMN: Final = 200
OWN: Final = "."  # a column in its own constraint: no question is called so


@dataclass(slots=True)
class Intake:
    """Lists and names of the form; rules so far; what is left out; the row of each part by id."""

    lists: dict[str, ChoiceList]
    slips: list[Slip]
    names: Names = field(default_factory=Names)
    rules: list[Json] = field(default_factory=list)
    rows: dict[str, FormRow] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _waiting: list[tuple[FormRow, Json, bool]] = field(default_factory=list)

    def leave(self, row: FormRow, name: str, reason: str) -> None:
        """Note what is left out of a cell."""
        self.slips.append(row.slip(name, reason))

    def label(self, row: FormRow) -> str:
        """The words of a question; its name when it has none."""
        label = row.take("label")
        if not label:
            self.leave(row, "label", _NO_LABEL)
        if "${" in label:
            self.leave(row, "label", _LITERAL)
        return label or row.cells.get("name", "") or "設問"

    def identify(self, row: FormRow, prefix: str) -> str:
        """The id of what a row makes: its name, where that is one."""
        name = row.take("name")
        id_ = self.names.identify(name, prefix)
        if name and id_ != name:
            self.leave(row, "name", _RENAMED.format(name=name[:40], id=id_))
        self.rows[id_] = row
        return id_

    def help(self, row: FormRow, *, unit: bool = False) -> Json:
        """The help of a hint; with ``unit``, the unit on its last line apart from it."""
        hint = row.take("hint")
        found: Json = {}
        if unit and (last := _UNIT.search(hint)):
            found["unit"], hint = last[1], hint[: last.start()]
        if "${" in hint:
            self.leave(row, "hint", _LITERAL)
        return {**found, **({"help": hint} if hint else {})}

    def required(self, row: FormRow) -> bool:
        """Whether an answer is demanded in any case."""
        text = row.take("required").lower()
        if text not in _YES | _NO:
            self.leave(row, "required", _OPTIONAL)
        return text in _YES

    def condition(self, row: FormRow, around: list[Json]) -> Json:
        """The condition of a row within the conditions ``around`` it, as ``visible_if``."""
        parts = [*around]
        if formula := row.take("relevant"):
            try:
                parts.append(self.names.condition(formula))
            except FormulaError as error:
                self.leave(row, "relevant", _ALWAYS.format(reason=error.message))
        if not parts:
            return {}
        return {"visible_if": parts[0] if len(parts) == 1 else {"all": parts}}

    def looks(self, row: FormRow, *known: str) -> set[str]:
        """Which of the ``known`` appearances a row has; the others are noted."""
        words = row.take("appearance").split()
        for look in words:
            if look not in known:
                self.leave(row, "appearance", _LOOK.format(look=look))
        return {look for look in words if look in known}

    def options(self, list_: str) -> ChoiceList:
        """A list of choices; empty when the form has none of this name."""
        self._used.add(list_)
        return self.lists.get(list_, ChoiceList())

    def constrain(self, row: FormRow, question: Json, *, rules: bool = True) -> None:
        """Keep the constraint until all questions are there, as it may read any of them."""
        if any([row.take("constraint"), row.take("constraint_message")]):
            self._waiting.append((row, question, rules))

    def settle(self) -> None:
        """Read the constraints into keys of their questions, and, of others than columns, rules."""
        for row, question, rules in self._waiting:
            self._constrain(row, question, rules=rules)
        self._limit_texts()
        for name, list_ in self.lists.items():
            if name not in self._used and list_.first:
                self.leave(list_.first, "list_name", _UNUSED.format(name=name[:40]))

    def _limit_texts(self) -> None:
        questions = self.names.questions.values()
        columns = [(c, _IN_COLUMN) for q in questions for c in q.get("columns", [])]
        texts = [(q, _LENGTHS.get(q["type"], 0)) for q in questions]
        open_ended = [
            (part, most)
            for part, most in [*texts, *columns]
            if part["type"] in _LENGTHS and "max_length" not in part
        ]
        for part, most in open_ended:
            part["max_length"] = most
        if open_ended:
            self.slips.append(Slip(next(iter(self.rows.values())).sheet, 0, 0, _LIMITED))

    def _constrain(self, row: FormRow, question: Json, *, rules: bool) -> None:
        formula, message = row.take("constraint"), row.take("constraint_message")
        own, made = question["id"] if rules else OWN, 0
        try:
            nodes = split(self.translated(row, "constraint", formula), own) if formula else []
        except FormulaError as error:
            self._leave_constraint(row, error.message)
            return
        for node in nodes:
            keys = limit(node, question, own, self.names.values.get(own, {}))
            if keys is not None and keys.get("max_length", 0) <= _MOST:
                question |= keys
                continue
            try:
                demand = self._rule(node, rules)
            except FormulaError as error:
                self._leave_constraint(row, error.message)
                return
            made += 1
            self._demand(row, demand, message, question)
        if message and not made:
            self.leave(row, "constraint_message", _OWN_WORDS)

    def _rule(self, node: Node, wanted: bool) -> Json:
        if not wanted:
            raise FormulaError(_LIMITS_ONLY, node.position)
        demand = rule(node)
        if "when" in demand:
            demand["when"] = self.names.fitted(demand["when"])
        return demand

    def _leave_constraint(self, row: FormRow, reason: str) -> None:
        self.leave(row, "constraint", _UNCHECKED.format(reason=reason))
        if row.take("constraint_message"):
            self.leave(row, "constraint_message", _NO_CONSTRAINT)

    def translated(self, row: FormRow, name: str, formula: str) -> str:
        """A formula over our paths; a function that stands for blanks is left out.

        Raises FormulaError.
        """
        plain = _COALESCE.sub(r"\1", formula)
        if plain != formula:
            self.leave(row, name, _BLANKS)
        return self.names.translate(plain)

    def _demand(self, row: FormRow, demand: Json, message: str, question: Json) -> None:
        id_ = self.names.identify(f"r{len(self.rules) + 1}", "r")
        told = message or _MESSAGE.format(label=question["label"][:200])
        self.rules.append({"id": id_, "level": "error", **demand, "message": told})
        self.rows[id_] = row
