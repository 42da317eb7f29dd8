"""The answers to one question, or two, of everybody who handed in; nothing else is read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from onepublic.workbook import Cell
from surveys.compilation.columns import AnswerColumn
from surveys.compilation.filling import filled
from surveys.compilation.orders import Order
from surveys.compilation.rows import ResponseRow
from surveys.compilation.snapshot import Fields, Snapshot
from surveys.models import Survey
from surveys.questionnaire import Questionnaire
from surveys.questionnaire.excerpt import excerpt
from surveys.states import HANDED_IN_STATES, AssignmentState


@dataclass(frozen=True, slots=True)
class Read:
    """``cells`` of each column, one a row, as the workbook has them."""

    rows: list[ResponseRow]
    cells: list[tuple[Cell, ...]]


def read(
    survey: Survey,
    questionnaire: Questionnaire,
    columns: Sequence[AnswerColumn],
    *,
    only_accepted: bool,
) -> Read:
    """By one query. What conditions and formulas read to decide on the columns is read too."""
    part = excerpt(questionnaire, {column.field.key for column in columns})
    states = (AssignmentState.ACCEPTED,) if only_accepted else HANDED_IN_STATES
    order = Order(states=tuple(map(str, states)))
    snapshot = Snapshot(connection, survey.pk, order, at_once=True)
    previous = survey.previous_id if part.questionnaire.previous_keys else None
    rows = map(_row, snapshot.rows(previous=previous, keys=part.keys))
    responses = list(filled(part.questionnaire, columns, rows, {}))
    cells = list(zip(*(response.cells or () for response in responses), strict=True))
    return Read([response.row for response in responses], cells or [()] * len(columns))


def _row(fields: Fields) -> ResponseRow:
    """Django leaves JSON of the database as text, for its own fields to read."""
    held = (json.loads(text) if text else None for text in fields[-2:])
    return ResponseRow(*fields[:-2], *held)
