"""The values of the previous round beside those of this one: what may be taken over, what differs.

A question is the same in both rounds when it has the same id, type and unit; nothing else is
compared or taken over.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from surveys.models import Assignment, QuestionnaireRevision
from surveys.questionnaire import (
    Field,
    Questionnaire,
    ValueKind,
    check_value,
    is_blank,
    normalise,
    restore,
    to_json,
)
from surveys.responses import Response, questionnaire_of


@dataclass(frozen=True, slots=True)
class Round:
    """The previous round of one response: the ``fields`` that both rounds ask, and the values."""

    fields: tuple[Field, ...]
    values: Mapping[str, object]

    @property
    def carryable(self) -> dict[str, object]:
        """The values that may be put into this round: of questions with ``carry_over``, as far as
        their fields still take them.
        """
        return {
            field.key: to_json(normalise(field, self.values.get(field.key)))
            for field in self.fields
            if field.question.carry_over
            and not field.is_calculated
            and not is_blank(self.values.get(field.key))
            and check_value(field, self.values[field.key]) is None
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """One visible field in both rounds; ``change`` is the share by which a number grew or shrank
    (0.125 is 12.5 % more), None where there is none to tell.
    """

    field: Field
    now: object
    before: object
    change: Decimal | None

    @property
    def differs(self) -> bool:
        """Whether the two values are not the same answer."""
        return restore(self.field, self.now) != restore(self.field, self.before)


def previous_round(
    assignment: Assignment, questionnaire: Questionnaire, values: Mapping[str, object] | None
) -> Round | None:
    """The previous round, of which :func:`surveys.responses.previous_values` gave ``values``; None
    when there is none. One query, and another one when a process meets its questions first.
    """
    return Round(fields_of_both(assignment, questionnaire), values) if values else None


def fields_of_both(assignment: Assignment, questionnaire: Questionnaire) -> tuple[Field, ...]:
    """What both rounds ask, where there is a previous one. Queries as above."""
    earlier = _questionnaire_before(assignment).fields_by_key
    return tuple(field for field in questionnaire.fields if _is_same(field, earlier.get(field.key)))


def differences(response: Response, earlier: Round) -> Iterator[Difference]:
    """Every visible field that both rounds ask and that has a value in one of them, in order."""
    for field in earlier.fields:
        held = response.answers.get(field.key)
        now, before = (held.value if held else None), earlier.values.get(field.key)
        visible = field.key in response.evaluation.visible_fields
        if visible and not (is_blank(now) and is_blank(before)):
            yield Difference(field, now, before, _change(field, now, before))


def _questionnaire_before(assignment: Assignment) -> Questionnaire:
    """What the last revision asked, to which every response of that round was moved."""
    revisions = QuestionnaireRevision.objects.filter(
        survey=assignment.survey.previous_id, published_at__isnull=False
    )
    return questionnaire_of(revisions.defer("document").latest("number"))


def _is_same(field: Field, before: Field | None) -> bool:
    return (
        before is not None
        and field.kind is not ValueKind.FILES
        and before.question.type == field.question.type
        and before.kind == field.kind
        and before.unit == field.unit
    )


def _change(field: Field, now: object, before: object) -> Decimal | None:
    new, old = restore(field, now), restore(field, before)
    if field.kind is not ValueKind.NUMBER:
        return None
    if not isinstance(new, int | Decimal) or not isinstance(old, int | Decimal) or not old:
        return None
    return (Decimal(new) - Decimal(old)) / abs(Decimal(old))
