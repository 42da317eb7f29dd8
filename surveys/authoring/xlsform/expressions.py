"""Our conditions and sides in the words of XLSForm."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from surveys.authoring.finding import Json, all_questions
from surveys.questionnaire.formulas import FormulaError, write_condition, write_rule, write_side

_REFERENCE: Final = re.compile(r"\$\{([^{}]+)\}")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_TABLES: Final = frozenset({"table", "dynamic_table", "matrix"})
NO_BODY: Final = "回答団体の種別などによる条件は、XLSFormにありません"
NO_PREVIOUS: Final = "前回の回答との比較は、XLSFormにありません"
NO_SPAN: Final = "日数、月数の計算は、書き出しません"
NO_WHOLE: Final = "表全体への回答の有無は、XLSFormの条件にできません"
NO_ROW: Final = "追加された行を指定した参照は、XLSFormにできません"


@dataclass(slots=True)
class Expressions:
    """Writes formulas over a document whose parts bear ``names`` in the form, by path."""

    document: Json
    names: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    questions: Mapping[str, Json] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.questions = {question["id"]: question for question in all_questions(self.document)}

    def name(self, path: str) -> str:
        """Give a name to a part: its ids joined by _, made one that a form takes."""
        wanted = path.replace(".", "_")
        wanted = wanted if _NAME.fullmatch(wanted) else f"q_{wanted}"
        chosen, number = wanted, 2
        while chosen in self.taken:
            chosen, number = f"{wanted}_{number}", number + 1
        self.taken.add(chosen)
        self.names[path] = chosen
        return chosen

    def condition(self, condition: Json) -> str:
        """Raises FormulaError with a reason for what a form can't say."""
        return self._named(write_condition(self._condition(condition)), "")

    def side(self, side: Json) -> str:
        """The same for a calculation; a blank cell of a table is 0 in both."""
        return self._named(write_side(self._side(side)), "coalesce(${{{}}}, 0)")

    def rule(self, rule: Json) -> str:
        """The same for what a rule demands, under its condition."""
        sides = {"left": self._side(rule["left"]), "right": self._side(rule["right"])}
        demand = self._named(write_rule({**rule, **sides}), "coalesce(${{{}}}, 0)")
        when = rule.get("when")
        return f"(not({self.condition(when)}) or {demand})" if when else demand

    def _named(self, text: str, cell: str) -> str:
        def named(match: re.Match[str]) -> str:
            path = match[1]
            if path not in self.names:
                raise FormulaError(NO_ROW if "." in path else NO_WHOLE)
            is_cell = cell and path.count(".") == 2
            return cell.format(self.names[path]) if is_cell else f"${{{self.names[path]}}}"

        return _REFERENCE.sub(named, text)

    def _condition(self, condition: Json) -> Json:
        for joint in ("all", "any"):
            if joint in condition:
                parts = [self._condition(part) for part in condition[joint]]
                return parts[0] if len(parts) == 1 else {joint: parts}
        if "not" in condition:
            return {"not": self._condition(condition["not"])}
        if "attr" in condition:
            raise FormulaError(NO_BODY)
        return self._leaf(condition)

    def _leaf(self, leaf: Json) -> Json:
        path = leaf.get("cell") or leaf.get("row") or [leaf["q"]]
        question = self.questions[path[0]]
        if len(path) == 1 and question["type"] in _TABLES:
            raise FormulaError(NO_WHOLE)
        type_ = question["type"]
        if "cell" in leaf:
            columns = {column["id"]: column for column in question["columns"]}
            type_ = columns[path[2]].get("type", "number")
        value = leaf.get("value")
        if type_ == "yesno" and isinstance(value, bool):
            return {**leaf, "value": "yes" if value else "no"}
        if type_ == "month" and isinstance(value, str):
            return {**leaf, "value": f"{value}-01"}
        return leaf

    def _side(self, side: Json) -> Json:
        ((form, inner),) = side.items()
        match form:
            case "prev" | "change_rate":
                raise FormulaError(NO_PREVIOUS)
            case "days" | "months":
                raise FormulaError(NO_SPAN)
            case "q" | "cell" | "const" | "count_rows":
                return side
            case "row_sum" | "col_sum":
                return self._total(form, inner)
            case "abs":
                return {form: self._side(inner)}
            case "mul" | "round":
                return {form: [self._side(inner[0]), inner[1]]}
        parts = [self._side(part) for part in inner]
        return parts[0] if form == "sum" and len(parts) == 1 else {form: parts}

    def _total(self, form: str, place: list[str]) -> Json:
        """The total of a fixed table, cell by cell; a repeat is added up by the form itself."""
        table = self.questions[place[0]]
        if table["type"] == "dynamic_table":
            return {form: place}
        of_row = form == "row_sum"
        cells = [
            {"cell": [table["id"], row["id"], column["id"]]}
            for row, column in cells_of(table)
            if column.get("type", "number") == "number"
            and (row if of_row else column)["id"] == place[1]
        ]
        return cells[0] if len(cells) == 1 else {"sum": cells}


def cells_of(table: Json) -> list[tuple[Json, Json]]:
    """Row and column of each cell that takes an answer, in a table with fixed rows."""
    disabled: list[Any] = [list(pair) for pair in table.get("disabled_cells") or []]
    return [
        (row, column)
        for row in table["rows"]
        for column in table["columns"]
        if [row["id"], column["id"]] not in disabled
    ]
