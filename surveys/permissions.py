"""Who may do what to surveys and responses: what the role allows AND what the state allows.

The ``may_…`` functions ask the role alone; a page answers 403 when they say no, and an action
refuses (409) what only the state forbids.
"""

from collections.abc import Mapping
from typing import Protocol

from django.utils import timezone

from accounts.models import User
from accounts.states import Level, Role
from onepublic.audit.models import events_of
from surveys.models import Assignment, Compilation, ProxyEntry, QuestionnaireRevision, Survey
from surveys.states import PREPARING_STATES, AssignmentState, CompilationState, SurveyState

REVISION_BEGUN = "survey.revision_begun"
PUBLICATION_ASKED = "survey.publication_asked"
ACTS_OF_APPROVERS = (
    "survey.returned",
    "survey.approved",
    "survey.opened",
    "survey.not_opened",
    "survey.schedule_cancelled",
    "survey.cancelled",
    "survey.closed",
    "survey.reopened",
    "survey.revised",
    "survey.widened",
)
WRITERS = (Role.DRAFTER, Role.APPROVER)
_FOLLOWERS = (Level.MINISTRY, Level.REGIONAL_BUREAU, Level.PREFECTURE)


def is_own_writer(user: User, assignment: Assignment) -> bool:
    """Drafters and approvers of the organization that is asked."""
    return user.has_role(*WRITERS, organization_id=assignment.organization_id)


def proxy_of(user: User, assignment: Assignment) -> ProxyEntry | None:
    """The consent under which the person's prefecture writes the response now; None for whoever
    is no drafter or approver of a prefecture, and for the organization's own people. One query
    for a prefecture's writers, none for others.
    """
    prefectures = {
        m.division.organization_id
        for m in user.active_memberships
        if m.division.organization.level == Level.PREFECTURE and set(WRITERS) & set(m.roles)
    }
    if not prefectures or is_own_writer(user, assignment):
        return None
    entries = ProxyEntry.objects.in_force().filter(prefecture__in=prefectures)
    return entries.filter(assignment=assignment.pk).first()


def may_answer(user: User, assignment: Assignment) -> bool:
    """Drafters and approvers of the organization that is asked, or of its prefecture while that
    writes by proxy.
    """
    return is_own_writer(user, assignment) or proxy_of(user, assignment) is not None


def can_answer(user: User, assignment: Assignment) -> bool:
    """Whether the response may be written, explained and submitted now."""
    return may_answer(user, assignment) and assignment.is_answerable


def may_gather(user: User, assignment: Assignment) -> bool:
    """Drafters and approvers of the division that gathers the response: the one named, or else
    the organization's window.
    """
    if assignment.division_id is not None:
        return assignment.division_id in user.division_ids(*WRITERS)
    return _writes_at_window(user, assignment)


def may_name_gatherer(user: User, assignment: Assignment) -> bool:
    """Say which division gathers the response: the one that does, and the window."""
    return may_gather(user, assignment) or _writes_at_window(user, assignment)


def _writes_at_window(user: User, assignment: Assignment) -> bool:
    own = user.division_ids(*WRITERS)
    return any(
        m.division_id in own and m.division.is_window
        for m in user.active_memberships
        if m.division.organization_id == assignment.organization_id
    )


def may_write_part(user: User, division_id: int | None) -> bool:
    """Whether the person writes sections that the division has; None is the one that gathers,
    whose sections everybody writes who may answer.
    """
    return division_id is None or division_id in user.division_ids(*WRITERS)


class Handed(Protocol):
    """A section that was handed to a division, or that nobody has but the one that gathers."""

    @property
    def division_id(self) -> int | None: ...


def closed_sections(user: User, parts: Mapping[str, Handed]) -> frozenset[str]:
    """The sections that were handed to divisions in which the person does not write: only these
    divisions write them until they are handed back or taken back.
    """
    return frozenset(
        section for section, part in parts.items() if not may_write_part(user, part.division_id)
    )


def may_approve(user: User, assignment: Assignment) -> bool:
    """Approvers of the organization that is asked."""
    return user.has_role(Role.APPROVER, organization_id=assignment.organization_id)


def can_approve_response(user: User, assignment: Assignment) -> bool:
    """Whether the person may approve, or give back, the response that waits for it now.

    Whoever asked for the approval is never the one who gives it.
    """
    waits = assignment.state == AssignmentState.AWAITING_APPROVAL and assignment.is_open
    is_other = assignment.requested_by_id != user.pk
    return waits and is_other and may_approve(user, assignment)


def can_hand_in(user: User, assignment: Assignment) -> bool:
    """Whether the person may submit now: alone, as the approver, or by proxy if agreed so."""
    if assignment.state == AssignmentState.AWAITING_APPROVAL:
        return can_approve_response(user, assignment)
    if not can_answer(user, assignment):
        return False
    proxy = proxy_of(user, assignment)
    return proxy.may_submit if proxy else not assignment.organization.answers_need_approval


def can_pull_back(user: User, assignment: Assignment) -> bool:
    """Whether the submission may be taken back now: until its deadline."""
    handed_in = assignment.state in {AssignmentState.SUBMITTED, AssignmentState.NOT_APPLICABLE}
    in_time = assignment.is_awaited and timezone.now() < assignment.deadline
    return handed_in and in_time and may_answer(user, assignment)


def may_ask(user: User, assignment: Assignment) -> bool:
    """Ask the division that runs the survey: the organization's own writers."""
    return is_own_writer(user, assignment)


def can_follow_surveys(user: User) -> bool:
    """Those with an area to follow: ministry, regional bureaus, prefectures; and auditors."""
    return bool(user.organization_ids(*_FOLLOWERS)) or user.has_role(Role.AUDITOR)


def may_weigh_questions(user: User) -> bool:
    """Whether the burden of a survey's questions and their likeness to earlier ones is the
    person's business: the ministry's, which asks them.
    """
    return user.is_at(Level.MINISTRY)


def may_run(user: User, survey: Survey) -> bool:
    """Drafters and approvers of the division that runs the survey."""
    return survey.division_id in user.division_ids(*WRITERS)


def drafting_division_ids(user: User) -> set[int]:
    """The ministry's divisions for which the person drafts; elsewhere nobody runs surveys."""
    return {
        m.division_id
        for m in user.active_memberships
        if Role.DRAFTER in m.roles and m.division.organization.level == Level.MINISTRY
    }


def can_draft(user: User) -> bool:
    """Begin a survey: drafters of the ministry."""
    return bool(drafting_division_ids(user))


def is_drafter(user: User, survey: Survey) -> bool:
    """Drafts for the division that runs the survey."""
    return survey.division_id in user.division_ids(Role.DRAFTER)


def is_approver(user: User, survey: Survey) -> bool:
    """Decides for the division that runs the survey."""
    return survey.division_id in user.division_ids(Role.APPROVER)


def can_edit(user: User, survey: Survey) -> bool:
    """Change frame, audience and questionnaire: drafters, until it waits for its approval."""
    return is_drafter(user, survey) and survey.state in PREPARING_STATES


def can_withdraw_request(user: User, survey: Survey) -> bool:
    """Take back what waits for its approval: drafters."""
    return is_drafter(user, survey) and survey.state == SurveyState.IN_REVIEW


def can_return(user: User, survey: Survey) -> bool:
    """Give it back to the drafters: approvers, while it waits."""
    return is_approver(user, survey) and survey.state == SurveyState.IN_REVIEW


def can_approve(user: User, survey: Survey) -> bool:
    """Decide that it opens: an approver without a hand in it, while it waits."""
    return survey.state == SurveyState.IN_REVIEW and is_second_person(user, survey)


def can_cancel_schedule(user: User, survey: Survey) -> bool:
    """Keep it from opening at its day: those who run it."""
    return may_run(user, survey) and survey.state == SurveyState.SCHEDULED


def may_cancel_survey(user: User, survey: Survey) -> bool:
    """Call it off: before it opens those who run it, afterwards an approver."""
    return may_run(user, survey) if survey.opened_at is None else is_approver(user, survey)


def can_cancel_survey(user: User, survey: Survey) -> bool:
    """Whether the person may call it off now; one in review is taken back or returned first."""
    stages = (*PREPARING_STATES, SurveyState.SCHEDULED, SurveyState.OPEN)
    return survey.state in stages and may_cancel_survey(user, survey)


def can_close(user: User, survey: Survey) -> bool:
    """End the answering: those who run it, while it is open."""
    return may_run(user, survey) and survey.state == SurveyState.OPEN


def can_widen(user: User, survey: Survey) -> bool:
    """Ask more organizations: approvers, while it is open."""
    return is_approver(user, survey) and survey.state == SurveyState.OPEN


def can_reopen(user: User, survey: Survey) -> bool:
    """Take answers again: approvers, after it was closed."""
    return is_approver(user, survey) and survey.state == SurveyState.CLOSED


def is_second_person(user: User, survey: Survey) -> bool:
    """An approver who has no hand in it (起案者と決裁者は別人): neither in its frame, nor in its
    questions. Every hand counts, also one before the last: the audit trail knows them all.
    """
    return is_approver(user, survey) and not _has_a_hand_in(user, survey)


def has_written(user: User, revision: QuestionnaireRevision) -> bool:
    """Whether the person began this revision, changed it, or asked for its publication."""
    begun = events_of(revision.survey).filter(
        action__in=[REVISION_BEGUN, PUBLICATION_ASKED],
        actor=user,
        detail__revision=revision.number,
    )
    edits = revision.edits.filter(made_by=user)
    return revision.edited_by_id == user.pk or edits.exists() or begun.exists()


def _has_a_hand_in(user: User, survey: Survey) -> bool:
    if user.pk in {survey.created_by_id, survey.submitted_by_id}:
        return True
    events = events_of(survey).filter(actor=user).exclude(action__in=ACTS_OF_APPROVERS)
    return events.exists() or any(has_written(user, each) for each in survey.revisions.all())


def is_writable(revision: QuestionnaireRevision) -> bool:
    """Whether its questions may be changed now: not yet published, in a survey that is being
    prepared, or as the next revision of one that is open.
    """
    state = revision.survey.state
    is_next = revision.number > 1 and state == SurveyState.OPEN
    return revision.published_at is None and (state in PREPARING_STATES or is_next)


def can_compile(user: User, survey: Survey) -> bool:
    """Whether a compilation may be asked for now."""
    return may_run(user, survey) and survey.opened_at is not None


def keeps_layouts(user: User, division_id: int) -> bool:
    """Keep orders of compilations under a name: who runs surveys of the division."""
    return division_id in user.division_ids(*WRITERS)


def can_cancel(user: User, compilation: Compilation) -> bool:
    """Whether the compilation may be cancelled now."""
    unfinished = compilation.state in {CompilationState.WAITING, CompilationState.RUNNING}
    return unfinished and may_run(user, compilation.survey)
