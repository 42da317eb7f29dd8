"""A questionnaire as it is written: sections, questions, tables and rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from surveys.questionnaire.conditions import Condition
from surveys.questionnaire.kinds import (
    Answer,
    CalculatedAnswer,
    ChoiceAnswer,
    ChoicesAnswer,
    NumberAnswer,
    Option,
    RankingAnswer,
    ValueKind,
)
from surveys.questionnaire.rules import Rule
from surveys.questionnaire.tables import Column, Matrix, Row, Table

__all__ = [
    "Column",
    "Field",
    "Image",
    "Matrix",
    "Note",
    "Question",
    "QuestionType",
    "Questionnaire",
    "Row",
    "Section",
    "Table",
]

_Choosing = ChoiceAnswer | ChoicesAnswer | RankingAnswer


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
    CURRENCY = "currency"
    PERCENT = "percent"
    SCALE = "scale"
    RANKING = "ranking"
    EMAIL = "email"
    TEL = "tel"
    URL = "url"
    YEAR = "year"
    MONTH = "month"
    ORGANIZATION = "organization"
    DYNAMIC_TABLE = "dynamic_table"
    MATRIX = "matrix"
    CALCULATED = "calculated"
    NOTE = "note"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Note:
    """Text between the questions; nothing is answered."""

    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """A stored file that is shown between the questions; nothing is answered."""

    file_id: str
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `required` counts only while it is visible."""

    id: str
    type: QuestionType
    label: str
    required: bool
    answer: Answer | Table | Matrix | Note | Image
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
        """The options of a choice, a ranking or a matrix; none for other types."""
        if isinstance(self.answer, Matrix | _Choosing):
            return self.answer.options
        return ()

    @property
    def asks(self) -> bool:
        """Whether something is to be entered: not in a note, an image or a calculated number."""
        return not isinstance(self.answer, Note | Image | CalculatedAnswer)


@dataclass(frozen=True, slots=True)
class Field:
    """The finest input: a question, a cell, a row of a matrix, or the free text of an option.

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
        answer = self.answer
        return answer.unit if isinstance(answer, NumberAnswer | CalculatedAnswer) else ""

    @property
    def options(self) -> tuple[Option, ...]:
        """The options that its value is chosen from; none for other kinds."""
        return self.answer.options if isinstance(self.answer, _Choosing) else ()

    @property
    def is_calculated(self) -> bool:
        """Whether its value follows from others, so that nobody may enter it."""
        return isinstance(self.answer, CalculatedAnswer)


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
    """A checked questionnaire. Make it with `parse_questionnaire`, once per revision.

    `calculated_keys` are the fields that nobody enters, `previous_keys` those of the questions
    whose answers of the previous round are read by rules and formulas.
    """

    sections: tuple[Section, ...]
    rules: tuple[Rule, ...]
    fields: tuple[Field, ...]
    fields_by_question: Mapping[str, tuple[Field, ...]]
    fields_by_key: Mapping[str, Field]
    section_by_question: Mapping[str, Section]
    questions_by_id: Mapping[str, Question]
    calculated_keys: frozenset[str]
    previous_keys: frozenset[str]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in order."""
        return tuple(question for section in self.sections for question in section.questions)

    def field(self, key: str) -> Field:
        """Return the field of that key; raise KeyError where there is none."""
        return self.fields_by_key[key]

    def question(self, question_id: str) -> Question:
        """Return the question of that id; raise KeyError where there is none."""
        return self.questions_by_id[question_id]

    def fields_of(self, question_id: str) -> tuple[Field, ...]:
        """Return the fields of a question: itself and free texts, or the enabled cells.

        A note and an image have none.
        """
        return self.fields_by_question[question_id]
