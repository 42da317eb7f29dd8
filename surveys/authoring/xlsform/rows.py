"""Sections and questions as rows of the survey sheet, and what gets lost on the way."""

from dataclasses import dataclass, field
from typing import Final

from surveys.authoring.finding import Json, short
from surveys.authoring.xlsform.expressions import Expressions, cells_of
from surveys.authoring.xlsform.fields import Cells, field_cells, what_is_lost
from surveys.authoring.xlsform.intake import YESNO
from surveys.questionnaire.formulas import FormulaError

_YESNO: Final = "yesno"
_ANSWERED: Final = frozenset({"integer", "decimal", "range"})


@dataclass(slots=True)
class Rows:
    """Rows of the sheets survey and choices; ``notes``: id, words and what is not said there."""

    expressions: Expressions
    survey: list[Cells] = field(default_factory=list)
    choices: list[Cells] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)

    def add_section(self, section: Json) -> None:
        """A section is a group on one page."""
        name = self.expressions.name(section["id"])
        head = {"type": "begin_group", "name": name, "appearance": "field-list"}
        self._add(section, {**head, "label": section["title"]})
        for question in section["questions"]:
            self._add_question(question)
        self.survey.append({"type": "end_group", "name": name})

    def add_rule(self, rule: Json) -> None:
        """A rule is the constraint of the last question that it reads."""
        if reason := self._refusal(rule):
            self._note(rule, f"規則（{reason}）")
            return
        try:
            demand = self.expressions.rule(rule)
        except FormulaError as error:
            self._note(rule, f"規則（{error.message}）")
            return
        cells = self._anchor(demand)
        if cells is None:
            self._note(rule, "規則（制約を付けられる設問がありません）")
            return
        own = demand.replace(f"${{{cells['name']}}}", ".")
        cells["constraint"] = " and ".join(filter(None, [cells.get("constraint"), own]))
        cells["constraint_message"] = rule["message"]

    def _refusal(self, rule: Json) -> str:
        if "unique" in rule:
            return "行の重複の確認は、XLSFormにありません"
        is_warning = rule["level"] != "error"
        return "理由を書けば提出できる確認は、XLSFormにありません" if is_warning else ""

    def _anchor(self, demand: str) -> Cells | None:
        """The last row that the demand reads, where it takes an answer and no other message."""
        for cells in reversed(self.survey):
            if f"${{{cells['name']}}}" in demand and cells["type"].split()[0] in _ANSWERED:
                return None if "constraint_message" in cells else cells
        return None

    def _add_question(self, question: Json) -> None:
        for phrase in what_is_lost(question, question["type"]):
            self._note(question, phrase)
        match question["type"]:
            case "note" | "image":
                self._add_words(question)
            case "calculated":
                self._add_calculated(question)
            case "table":
                self._add_table(question)
            case "dynamic_table":
                self._add_repeat(question)
            case "matrix":
                self._add_matrix(question)
            case _:
                self._add_plain(question)

    def _add_plain(self, question: Json) -> None:
        name = self._named(question)
        list_ = self._add_choices(question, name)
        cells = field_cells(question, question["type"], list_)
        self._add(question, {**cells, "name": name, "label": question["label"]})
        for option in question.get("options", []):
            if free := option.get("free_text"):
                self._note(question, f"自由記述「{free['label']}」（別の設問として書き出します）")
                path = f"{question['id']}.{option['value']}"
                chosen = f"selected(${{{name}}}, '{option['value']}')"
                cells = field_cells({"max_length": free["max_length"]}, "text", "")
                named = {"name": self.expressions.name(path), "label": free["label"]}
                self.survey.append({**cells, **named, "relevant": chosen, **_required(free)})

    def _add_words(self, question: Json) -> None:
        text = question.get("text") or question.get("alt", "")
        words = [question.get("label"), text, question.get("caption")]
        if question["type"] == "image":
            self._note(question, "画像（代替テキストだけを書き出します）")
        elif question.get("label"):
            self._note(question, "説明文の見出し（本文の初めに置きます）")
        label = "\n".join(word for word in words if word)
        self._add(question, {"type": "note", "name": self._named(question), "label": label})

    def _add_calculated(self, question: Json) -> None:
        places = question.get("decimals") or 0
        try:
            formula = self.expressions.side({"round": [question["formula"], places]})
        except FormulaError as error:
            self._note(question, f"自動計算の設問（{error.message}）")
            return
        cells = {"type": "calculate", "name": self._named(question), "calculation": formula}
        self._add(question, {**cells, "label": question["label"]})

    def _add_table(self, question: Json) -> None:
        self._note(question, "表の形（欄ごとの設問として書き出します）")
        id_ = question["id"]
        name = self.expressions.name(f"{id_}.")
        head = {"type": "begin_group", "name": name, "label": question["label"]}
        self._add({**question, "required": False}, head)
        self._note_columns(question)
        for row, column in cells_of(question):
            label = f"{row['label']}／{column['label']}"
            part = {**column, "required": question.get("required", False)}
            self._add_cell(part, f"{id_}.{row['id']}.{column['id']}", label)
        self.survey.append({"type": "end_group", "name": name})

    def _add_repeat(self, question: Json) -> None:
        least, most = question.get("min_rows") or 0, question["max_rows"]
        cells = {"type": "begin_repeat", "name": self._named(question), "label": question["label"]}
        if least == most:
            cells["repeat_count"] = str(most)
        else:
            self._note(question, f"行数の範囲（{least}行から{most}行まで）")
        if (question.get("totals") or {}).get("column"):
            self._note(question, "列の合計の表示")
        self._add({**question, "required": False}, cells)
        self._note_columns(question)
        for column in question["columns"]:
            self._add_cell(column, f"{question['id']}.{column['id']}", column["label"])
        self.survey.append({"type": "end_repeat", "name": cells["name"]})

    def _add_matrix(self, question: Json) -> None:
        name = self._named(question)
        list_ = self._add_choices(question, name)
        cells = {"type": "begin_group", "name": name, "appearance": "table-list"}
        self._add({**question, "required": False}, {**cells, "label": question["label"]})
        for row in question["rows"]:
            path = f"{question['id']}.{row['id']}"
            named = {"name": self.expressions.name(path), "label": row["label"]}
            self.survey.append({"type": f"select_one {list_}", **named, **_required(question)})
        self.survey.append({"type": "end_group", "name": name})

    def _add_cell(self, column: Json, path: str, label: str) -> None:
        type_ = column.get("type", "number")
        name = self.expressions.name(path)
        list_ = self._add_choices({**column, "type": type_}, name)
        self._add(column, {**field_cells(column, type_, list_), "name": name, "label": label})

    def _note_columns(self, question: Json) -> None:
        for column in question["columns"]:
            for phrase in what_is_lost(column, column.get("type", "number")):
                self._note({**column, "id": f"{question['id']}.{column['id']}"}, phrase)

    def _add(self, part: Json, cells: Cells) -> None:
        """A row with what all parts have: hint, unit, required, condition."""
        unit = f"単位：{part['unit']}" if part.get("unit") else ""
        hint = "\n".join(text for text in (part.get("help"), unit) if text)
        row = {**cells, **_required(part), **({"hint": hint} if hint else {})}
        if part.get("visible_if"):
            try:
                row["relevant"] = self.expressions.condition(part["visible_if"])
            except FormulaError as error:
                self._note(part, f"表示条件（{error.message}）")
        self.survey.append(row)

    def _add_choices(self, part: Json, name: str) -> str:
        """The name of the list of choices of a question or column."""
        if part["type"] == _YESNO:
            if not any(row["list_name"] == _YESNO for row in self.choices):
                self.choices += [_choice(_YESNO, option) for option in YESNO]
            return _YESNO
        list_ = f"{name}_list" if name == _YESNO else name
        self.choices += [_choice(list_, option) for option in part.get("options", [])]
        return list_

    def _named(self, question: Json) -> str:
        name = self.expressions.name(question["id"])
        if name != question["id"]:
            self._note(question, f"設問のID（「{name}」に変えます）")
        return name

    def _note(self, part: Json, phrase: str) -> None:
        self.notes.append((part["id"], short(part).strip("「」"), phrase))


def _required(part: Json) -> Cells:
    return {"required": "yes"} if part.get("required") else {}


def _choice(list_: str, option: Json) -> Cells:
    return {"list_name": list_, "name": option["value"], "label": option["label"]}
