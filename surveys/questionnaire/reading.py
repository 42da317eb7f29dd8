"""Read the answers question by question, in the order of the questionnaire."""

from collections.abc import Iterator, Mapping

from surveys.questionnaire.attributes import Respondent
from surveys.questionnaire.completeness import (
    blank_message,
    cells_message,
    needed_rows,
    required_cells_message,
    rows_message,
    too_few,
    too_many,
)
from surveys.questionnaire.conditions import Facts
from surveys.questionnaire.document import (
    Field,
    Image,
    Matrix,
    Note,
    Question,
    Questionnaire,
    Table,
)
from surveys.questionnaire.findings import Finding, Level
from surveys.questionnaire.kinds import CalculatedAnswer
from surveys.questionnaire.normalising import normalise
from surveys.questionnaire.sides import number_in
from surveys.questionnaire.values import NONE_APPLICABLE, InvalidValue, Number, Value, is_blank


def walk(questionnaire: Questionnaire, reading: "Reading") -> Iterator[Question]:
    """Yield each visible question just before it is read, so that it may still be answered."""
    for section in questionnaire.sections:
        if section.visible_if is not None and not section.visible_if.holds(reading.facts):
            continue
        reading.sections.append(section.id)
        for question in section.questions:
            if question.visible_if is None or question.visible_if.holds(reading.facts):
                yield question
                reading.read(question, questionnaire.fields_of(question.id))


class Reading:
    """What has been read so far; conditions of later questions look at `facts`."""

    def __init__(self, answers: Mapping[str, object], respondent: Respondent) -> None:
        self.answers = answers
        self.facts = Facts(respondent.attributes())
        self.sections: list[str] = []
        self.questions: list[Question] = []
        self.fields: list[str] = []
        self.touched: set[str] = set()
        self.refused: set[str] = set()
        self.findings: list[Finding] = []
        self.calculated: dict[str, Number | None] = {}

    def read(self, question: Question, fields: tuple[Field, ...]) -> None:
        """Take in a visible question."""
        self.questions.append(question)
        match question.answer:
            case Table(dynamic=True) as table:
                self._read_rows(question, table, fields)
            case Table() | Matrix():
                self._read_cells(question, fields)
            case CalculatedAnswer() as answer:
                self._calculate(question, answer)
            case Note() | Image():
                pass
            case _:
                self._read_plain(question, fields)

    def _read_cells(self, question: Question, fields: tuple[Field, ...]) -> None:
        blank = self._take_all(fields)
        if question.required and blank:
            message = cells_message(question, len(blank))
            self._find(Level.BLANK, question, tuple(f.key for f in blank), message)
        self._count(question, fields)

    def _read_rows(self, question: Question, table: Table, fields: tuple[Field, ...]) -> None:
        """Take in the rows that exist, and those that must."""
        width = len(table.columns)
        needed = needed_rows(question, table)
        existing = self._existing_rows(fields, width)
        self.facts.rows[question.id] = existing
        shown = fields[: max(existing, needed) * width]
        blank = self._take_all(shown)
        cells = tuple(f.key for f in blank if f.column and f.column.required)
        if existing < needed:
            missing = tuple(f.key for f in fields[existing * width : needed * width])
            self._find(Level.BLANK, question, missing, rows_message(needed))
            cells = tuple(key for key in cells if key not in missing)
        if cells:
            self._find(Level.BLANK, question, cells, required_cells_message(len(cells)))
        self._count(question, shown)

    def _existing_rows(self, fields: tuple[Field, ...], width: int) -> int:
        """Return the number of the last row that holds something; gaps before it are rows, too."""
        for place in range(len(fields) - 1, -1, -1):
            if not is_blank(self.answers.get(fields[place].key)):
                return place // width + 1
        return 0

    def _calculate(self, question: Question, answer: CalculatedAnswer) -> None:
        """Work out a calculated question; whatever is stored for it does not count."""
        self.fields.append(question.id)
        number = answer.result(self.facts)
        self.calculated[question.id] = number
        if number is not None:
            self.facts.values[question.id] = number
            self.facts.answered.add(question.id)

    def _read_plain(self, question: Question, fields: tuple[Field, ...]) -> None:
        field = fields[0]
        value = self._take(field)
        if value is None and question.required and field.key not in self.refused:
            self._find(Level.BLANK, question, (field.key,), blank_message(field))
        if isinstance(value, list):
            self._count_choices(question, field, value)
        if len(fields) > 1 and value is not None:
            self._read_free_texts(question, fields[1:], value)

    def _count_choices(self, question: Question, field: Field, value: Value) -> None:
        if message := too_few(field, value):
            self._find(Level.BLANK, question, (field.key,), message)
        if message := too_many(field, value):
            self._find(Level.INVALID, question, (field.key,), message)

    def _read_free_texts(self, question: Question, fields: tuple[Field, ...], value: Value) -> None:
        chosen = value if isinstance(value, list) else [value]
        for field in fields:
            option = field.option
            if option is None or option.free_text is None or option.value not in chosen:
                continue
            text = self._take(field)
            if text is None and option.free_text.required and field.key not in self.refused:
                self._find(Level.BLANK, question, (field.key,), blank_message(field))

    def _take_all(self, fields: tuple[Field, ...]) -> list[Field]:
        """Take in all `fields`; return the blank ones."""
        blank = [field for field in fields if self._take(field) is None]
        return [field for field in blank if field.key not in self.refused]

    def _take(self, field: Field) -> Value:
        """Return the valid value of a visible field; None when it is blank or refused."""
        self.fields.append(field.key)
        raw = self.answers.get(field.key)
        if raw is None:
            return None
        try:
            value = normalise(field, raw)
        except InvalidValue as refusal:
            self.refused.add(field.key)
            self.touched.add(field.question.id)
            self._find(Level.INVALID, field.question, (field.key,), refusal.message)
            return None
        if value is not None:
            self._keep(field, value)
        return value

    def _keep(self, field: Field, value: Value) -> None:
        facts, question = self.facts, field.question.id
        self.touched.add(question)
        facts.answered.add(question)
        facts.answered.add(field.key)
        if value is not NONE_APPLICABLE:
            facts.values[field.key] = value

    def _count(self, question: Question, fields: tuple[Field, ...]) -> None:
        """Let rules add up a table when there is a number in it and nothing is refused."""
        keys = [field.key for field in fields]
        numbers = (number_in(self.facts.values.get(key)) for key in keys)
        if self.refused.isdisjoint(keys) and any(number is not None for number in numbers):
            self.facts.countable.add(question.id)

    def _find(self, level: Level, question: Question, keys: tuple[str, ...], message: str) -> None:
        self.findings.append(Finding(level, question.id, keys, message))
