"""Which answers a revision of the questionnaire reaches, and of whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from surveys.models import Answer, QuestionnaireRevision, Survey
from surveys.querysets import AssignmentQuerySet
from surveys.questionnaire import Questionnaire, check_value, parse_questionnaire
from surveys.questionnaire.revising import Change, Touch, compare
from surveys.states import AssignmentState

UNTOUCHED = (AssignmentState.NOT_STARTED, AssignmentState.NOT_APPLICABLE)
"""Nothing was answered there, so nothing is lost; who said 該当なし has said it of the whole."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A change with the number of answers and the assignments (primary keys) that it touches."""

    change: Change
    answers: int = 0
    assignments: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Effects:
    """All changes of a revision, which asks ``questions`` (their ids)."""

    harmless: list[Change]
    harmful: list[Effect]
    questions: frozenset[str]

    @property
    def touched(self) -> frozenset[int]:
        """The assignments that any harmful change touches."""
        return frozenset().union(*(effect.assignments for effect in self.harmful))


def revision_in_hand(survey: Survey) -> QuestionnaireRevision | None:
    """The next revision of an opened survey while it is being written."""
    rows = survey.revisions.filter(published_at__isnull=True, number__gt=1)
    return rows.select_related("edited_by").order_by("number").last()


def effects_of(revision: QuestionnaireRevision) -> Effects:
    """What publishing ``revision`` would change in the one that is answered now.

    Raises DefinitionError for a questionnaire that can't be read.
    """
    survey = revision.survey
    published = survey.revisions.filter(published_at__isnull=False).latest("number")
    changes = compare(published.document, revision.document)
    after = parse_questionnaire(revision.document, draft=True)
    return Effects(
        harmless=[change for change in changes if not change.is_harmful],
        harmful=[_effect(survey, change, after) for change in changes if change.is_harmful],
        questions=frozenset(after.fields_by_question),
    )


def _effect(survey: Survey, change: Change, after: Questionnaire) -> Effect:
    if change.touch is Touch.BEGUN:
        return Effect(change, 0, frozenset(_begun(survey).values_list("pk", flat=True)))
    stored = Answer.objects.filter(
        assignment__in=_begun(survey), field__in=change.fields, value__isnull=False
    ).values_list("assignment_id", "field", "value")
    reached = list(stored)
    if change.touch is Touch.REFUSED:
        reached = list(_refused(reached, after))
    return Effect(change, len(reached), frozenset(pk for pk, _, _ in reached))


def _begun(survey: Survey) -> AssignmentQuerySet:
    return survey.assignments.exclude(state__in=UNTOUCHED)


def _refused(
    stored: Iterable[tuple[int, str, object]], after: Questionnaire
) -> Iterable[tuple[int, str, object]]:
    """Those that their field takes no longer; a field that is gone refuses everything."""
    for row in stored:
        given = after.fields_by_key.get(row[1])
        if given is None or check_value(given, row[2]) is not None:
            yield row
