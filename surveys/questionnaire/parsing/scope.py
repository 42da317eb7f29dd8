"""What a condition, a rule or a formula may refer to."""

from dataclasses import dataclass, field

from surveys.questionnaire.document import Field, Question
from surveys.questionnaire.fields import fields_of_question
from surveys.questionnaire.parsing.reader import Reader, shown


@dataclass(slots=True)
class Scope:
    """The questions `before`, of `everything` there is."""

    everything: list[str]
    before: dict[str, Question] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    own_id: str = ""
    _fields: dict[str, tuple[Field, ...]] = field(default_factory=dict)

    def find(self, reader: Reader, question_id: object) -> Question | None:
        """Return the question referred to; refuse a missing, forward or own reference."""
        if isinstance(question_id, str) and question_id in self.before:
            return self.before[question_id]
        name = shown(question_id)
        if name in self.refused:
            return None  # one problem is enough: the question itself has been noted
        if name and name == self.own_id:
            reader.refuse(f"自分自身（{name}）を参照しています。")
        elif name in self.everything:
            reader.refuse(f"後にある設問「{name}」を参照しています。前の設問だけを参照できます。")
        else:
            reader.refuse(f"設問「{name}」はありません。")
        return None

    def fields_of(self, question: Question) -> tuple[Field, ...]:
        """Return the fields of a question."""
        if question.id not in self._fields:
            self._fields[question.id] = tuple(fields_of_question(question))
        return self._fields[question.id]

    def own_field(self, question: Question) -> Field | None:
        """Return the field that holds the answer to a question; None for tables and notes."""
        first = next(iter(self.fields_of(question)), None)
        return first if first is not None and first.key == question.id else None

    def cells(
        self, question: Question, row_id: str | None, column_id: str | None
    ) -> tuple[Field, ...]:
        """Return the enabled cells in a row, a column, or both; None stands for all of them."""
        return tuple(
            field
            for field in self.fields_of(question)
            if field.row is not None
            and row_id in (None, field.row.id)
            and (column_id is None or (field.column is not None and field.column.id == column_id))
        )

    def cell(self, question: Question, path: list[str]) -> Field | None:
        """Return the field at [table, row, column] or [matrix, row]; None where there is none."""
        key = ".".join((question.id, *path[1:]))
        return next((f for f in self.fields_of(question) if f.key == key and f.row), None)
