"""From the written questionnaire to its fields."""

from collections.abc import Iterator

from surveys.questionnaire.document import (
    Field,
    Image,
    Matrix,
    Note,
    Question,
    Questionnaire,
    Section,
    Table,
)
from surveys.questionnaire.kinds import CalculatedAnswer, TextAnswer
from surveys.questionnaire.previous import questions_of_previous
from surveys.questionnaire.rules import ComparisonRule, Rule
from surveys.questionnaire.sides import Amount


def assemble(sections: tuple[Section, ...], rules: tuple[Rule, ...]) -> Questionnaire:
    """Join checked sections and rules with the look-ups that evaluation lives on."""
    section_by_question = {q.id: section for section in sections for q in section.questions}
    by_question = {
        question.id: tuple(fields_of_question(question))
        for section in sections
        for question in section.questions
    }
    fields = tuple(field for group in by_question.values() for field in group)
    return Questionnaire(
        sections=sections,
        rules=rules,
        fields=fields,
        fields_by_question=by_question,
        fields_by_key={field.key: field for field in fields},
        section_by_question=section_by_question,
        questions_by_id={q.id: q for section in sections for q in section.questions},
        calculated_keys=frozenset(field.key for field in fields if field.is_calculated),
        previous_keys=frozenset(
            field.key
            for question_id in questions_of_previous(_amounts(fields, rules))
            for field in by_question[question_id]
        ),
    )


def _amounts(fields: tuple[Field, ...], rules: tuple[Rule, ...]) -> Iterator[Amount]:
    for field in fields:
        if isinstance(field.answer, CalculatedAnswer):
            yield field.answer.formula
    for rule in rules:
        if isinstance(rule, ComparisonRule):
            yield from (rule.left, rule.right)


def cell_key(question_id: str, row_id: str, column_id: str) -> str:
    """Return the key of a table cell."""
    return f"{question_id}.{row_id}.{column_id}"


def fields_of_question(question: Question) -> Iterator[Field]:
    """Yield the fields of one question, in the order of the form."""
    match question.answer:
        case Table() as table:
            yield from _cells(question, table)
        case Matrix() as matrix:
            yield from _choices(question, matrix)
        case Note() | Image():
            return
        case answer:
            yield Field(question.id, question, answer, question.label)
            yield from _free_texts(question)


def _choices(question: Question, matrix: Matrix) -> Iterator[Field]:
    for row in matrix.rows:
        label = f"{question.label}／{row.label}"
        yield Field(f"{question.id}.{row.id}", question, matrix.answer, label, row=row)


def _cells(question: Question, table: Table) -> Iterator[Field]:
    for row in table.rows:
        for column in table.columns:
            if (row.id, column.id) in table.disabled:
                continue
            key = cell_key(question.id, row.id, column.id)
            label = f"{question.label}／{row.label}／{column.label}"
            yield Field(key, question, column.answer, label, row=row, column=column)


def _free_texts(question: Question) -> Iterator[Field]:
    for option in question.options:
        if option.free_text is None:
            continue
        key = f"{question.id}.{option.value}"
        label = f"{question.label}／{option.label}／{option.free_text.label}"
        answer = TextAnswer(max_length=option.free_text.max_length)
        yield Field(key, question, answer, label, option=option)
