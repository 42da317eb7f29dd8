"""Who may do what to surveys and responses: what the role allows AND what the state allows.

The ``may_…`` functions ask the role alone; a page answers 403 when they say no, and an action
refuses (409) what only the state forbids.
"""

from collections.abc import Mapping

from accounts.models import User
from accounts.states import Level, Role
from surveys.models import Assignment, Compilation, Survey
from surveys.parts import Part
from surveys.states import CompilationState

_WRITERS = (Role.DRAFTER, Role.APPROVER)
_FOLLOWERS = (Level.MINISTRY, Level.REGIONAL_BUREAU, Level.PREFECTURE)


def may_answer(user: User, assignment: Assignment) -> bool:
    """Drafters and approvers of the organization that is asked."""
    return user.has_role(*_WRITERS, organization_id=assignment.organization_id)


def can_answer(user: User, assignment: Assignment) -> bool:
    """Whether the response may be written, explained and submitted now."""
    return may_answer(user, assignment) and assignment.is_answerable


def may_gather(user: User, assignment: Assignment) -> bool:
    """Drafters and approvers of the division that gathers the response: the one named, or else
    the organization's window.
    """
    own = user.division_ids(*_WRITERS)
    if assignment.division_id is not None:
        return assignment.division_id in own
    return any(
        m.division_id in own and m.division.is_window
        for m in user.active_memberships
        if m.division.organization_id == assignment.organization_id
    )


def closed_sections(user: User, parts: Mapping[str, Part]) -> frozenset[str]:
    """The sections that were handed to divisions in which the person does not write: only these
    divisions write them until they are handed back or taken back.
    """
    own = {None, *user.division_ids(*_WRITERS)}
    return frozenset(section for section, part in parts.items() if part.division_id not in own)


def can_follow_surveys(user: User) -> bool:
    """Those with an area to follow: ministry, regional bureaus, prefectures; and auditors."""
    return bool(user.organization_ids(*_FOLLOWERS)) or user.has_role(Role.AUDITOR)


def may_run(user: User, survey: Survey) -> bool:
    """Drafters and approvers of the division that runs the survey."""
    return survey.division_id in user.division_ids(*_WRITERS)


def can_compile(user: User, survey: Survey) -> bool:
    """Whether a compilation may be asked for now."""
    return may_run(user, survey) and survey.opened_at is not None


def can_cancel(user: User, compilation: Compilation) -> bool:
    """Whether the compilation may be cancelled now."""
    unfinished = compilation.state in {CompilationState.WAITING, CompilationState.RUNNING}
    return unfinished and may_run(user, compilation.survey)
