"""Read the answers question by question, in the order of the questionnaire."""

from collections.abc import Iterator, Mapping

from surveys.questionnaire.attributes import Respondent
from surveys.questionnaire.completeness import blank_message, cells_message, too_few, too_many
from surveys.questionnaire.conditions import Facts
from surveys.questionnaire.document import Field, Question, Questionnaire, Table
from surveys.questionnaire.findings import Finding, Level
from surveys.questionnaire.normalising import normalise
from surveys.questionnaire.values import NONE_APPLICABLE, InvalidValue, Value


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

    def read(self, question: Question, fields: tuple[Field, ...]) -> None:
        """Take in a visible question."""
        self.questions.append(question)
        if isinstance(question.answer, Table):
            self._read_cells(question, fields)
        else:
            self._read_plain(question, fields)

    def _read_cells(self, question: Question, fields: tuple[Field, ...]) -> None:
        blank = [cell.key for cell in fields if self._take(cell) is None]
        blank = [key for key in blank if key not in self.refused]
        if question.required and blank:
            self._find(Level.BLANK, question, tuple(blank), cells_message(len(blank)))
        self._count(question, fields)

    def _read_plain(self, question: Question, fields: tuple[Field, ...]) -> None:
        field = fields[0]
        value = self._take(field)
        if value is None and question.required and field.key not in self.refused:
            self._find(Level.BLANK, question, (field.key,), blank_message(field))
        if message := too_few(field, value):
            self._find(Level.BLANK, question, (field.key,), message)
        if message := too_many(field, value):
            self._find(Level.INVALID, question, (field.key,), message)
        self._count(question, fields[:1])
        if len(fields) > 1 and value is not None:
            self._read_free_texts(question, fields[1:], value)

    def _read_free_texts(self, question: Question, fields: tuple[Field, ...], value: Value) -> None:
        chosen = value if isinstance(value, list) else [value]
        for field in fields:
            option = field.option
            if option is None or option.free_text is None or option.value not in chosen:
                continue
            text = self._take(field)
            if text is None and option.free_text.required and field.key not in self.refused:
                self._find(Level.BLANK, question, (field.key,), blank_message(field))

    def _take(self, field: Field) -> Value:
        """Return the valid value of a visible field; None when it is blank or refused."""
        self.fields.append(field.key)
        try:
            value = normalise(field, self.answers.get(field.key))
        except InvalidValue as refusal:
            self.refused.add(field.key)
            self.touched.add(field.question.id)
            self._find(Level.INVALID, field.question, (field.key,), refusal.message)
            return None
        if value is not None:
            self._keep(field, value)
        return value

    def _keep(self, field: Field, value: Value) -> None:
        self.touched.add(field.question.id)
        self.facts.answered.add(field.question.id)
        if value is not NONE_APPLICABLE:
            self.facts.values[field.key] = value

    def _count(self, question: Question, fields: tuple[Field, ...]) -> None:
        """Let rules add up the question when something is in it and nothing is refused."""
        keys = [field.key for field in fields]
        if self.refused.isdisjoint(keys) and any(key in self.facts.values for key in keys):
            self.facts.countable.add(question.id)

    def _find(self, level: Level, question: Question, keys: tuple[str, ...], message: str) -> None:
        self.findings.append(Finding(level, question.id, keys, message))
