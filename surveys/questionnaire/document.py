"""A questionnaire as it is written: sections, questions, tables and rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from surveys.questionnaire.conditions import Condition
from surveys.questionnaire.kinds import (
    Answer,
    ChoiceAnswer,
    ChoicesAnswer,
    NumberAnswer,
    Option,
    ValueKind,
)
from surveys.questionnaire.rules import Rule


class QuestionType(StrEnum):
    """The types of questions, as they are named in the document."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    NUMBER = "number"
    TEXT = "text"
    LONGTEXT = "longtext"
    DATE = "date"
    YESNO = "yesno"
    TABLE = "table"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, with the numbers that its cells take."""

    id: str
    label: str
    answer: NumberAnswer


@dataclass(frozen=True, slots=True)
class Table:
    """A table of numbers. `disabled` holds (row id, column id) of cells that take nothing."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    row_totals: bool
    column_totals: bool
    disabled: frozenset[tuple[str, str]] = frozenset()

    @property
    def unit(self) -> str:
        """The unit that all columns share, and with them their totals; empty where they differ."""
        units = {column.answer.unit for column in self.columns}
        return units.pop() if len(units) == 1 else ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `required` counts only while it is visible."""

    id: str
    type: QuestionType
    label: str
    required: bool
    answer: Answer | Table
    help: str = ""
    visible_if: Condition | None = None
    carry_over: bool = False
    allow_none: bool = False

    @property
    def table(self) -> Table | None:
        """The table, where the question is one."""
        return self.answer if isinstance(self.answer, Table) else None

    @property
    def options(self) -> tuple[Option, ...]:
        """The options of a choice; none for other types."""
        if isinstance(self.answer, ChoiceAnswer | ChoicesAnswer):
            return self.answer.options
        return ()


@dataclass(frozen=True, slots=True)
class Field:
    """The finest input: a question, a cell of a table, or the free text of an option.

    The same field is a form input, a database row and an Excel column. `label` is
    the whole heading, without the unit.
    """

    key: str
    question: Question
    answer: Answer
    label: str
    row: Row | None = None
    column: Column | None = None
    option: Option | None = None

    @property
    def kind(self) -> ValueKind:
        """What its value is."""
        return self.answer.kind

    @property
    def unit(self) -> str:
        """The unit of a number, "" where there is none."""
        return self.answer.unit if isinstance(self.answer, NumberAnswer) else ""


@dataclass(frozen=True, slots=True)
class Section:
    """A page of questions."""

    id: str
    title: str
    questions: tuple[Question, ...]
    help: str = ""
    visible_if: Condition | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Questionnaire:
    """A checked questionnaire. Make it with `parse_questionnaire`, once per revision."""

    sections: tuple[Section, ...]
    rules: tuple[Rule, ...]
    fields: tuple[Field, ...]
    fields_by_question: Mapping[str, tuple[Field, ...]]
    fields_by_key: Mapping[str, Field]
    section_by_question: Mapping[str, Section]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in order."""
        return tuple(question for section in self.sections for question in section.questions)

    def field(self, key: str) -> Field:
        """Return the field of that key; raise KeyError where there is none."""
        return self.fields_by_key[key]

    def question(self, question_id: str) -> Question:
        """Return the question of that id; raise KeyError where there is none."""
        return self.fields_by_question[question_id][0].question

    def fields_of(self, question_id: str) -> tuple[Field, ...]:
        """Return the fields of a question: itself and free texts, or the enabled cells."""
        return self.fields_by_question[question_id]
