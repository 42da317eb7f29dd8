"""What a prefecture may do about the responses of its municipalities, see permissions.py."""

from django.utils import timezone

from accounts.models import Organization, User
from accounts.states import Level, Role
from surveys.models import Assignment, Survey
from surveys.permissions import WRITERS, proxy_of
from surveys.prefectures import CHECKABLE_STATES
from surveys.states import PrefecturePart, SurveyState

# What is handed in may be confirmed after the survey has closed, too.
_CONFIRMING = (SurveyState.OPEN, SurveyState.CLOSED)


def prefectures_of(user: User, survey: Survey) -> list[Organization]:
    """The person's prefectures, which follow their municipalities in the survey, in the order of
    codes; nearly always one. None where the survey gives prefectures no part.
    """
    if survey.prefecture_part == PrefecturePart.NONE or survey.opened_at is None:
        return []
    places = {m.division.organization for m in user.active_memberships}
    return sorted((p for p in places if p.level == Level.PREFECTURE), key=lambda p: p.code)


def following_prefecture(
    user: User, survey: Survey, named: Organization | None = None
) -> Organization | None:
    """The one of them for which the person acts: the one that was named, or the only one. None for
    whoever has several and names none, for another's, and where there is none.
    """
    own = prefectures_of(user, survey)
    found = [each for each in own if each == named] if named else own
    return found[0] if len(found) == 1 else None


def prefecture_for(user: User, assignment: Assignment) -> Organization | None:
    """The prefecture of the response's organization, if it is one of the person's."""
    own = prefectures_of(user, assignment.survey)
    return next((each for each in own if each.pk == assignment.organization.prefecture_id), None)


def writes_for(user: User, prefecture: Organization | None) -> bool:
    """Drafters and approvers of the prefecture."""
    return prefecture is not None and user.has_role(*WRITERS, organization_id=prefecture.pk)


def may_check_survey(user: User, survey: Survey, prefecture: Organization | None) -> bool:
    """Drafters and approvers of the prefecture, where prefectures check the answers."""
    return survey.prefecture_part == PrefecturePart.CHECK and writes_for(user, prefecture)


def may_check(user: User, assignment: Assignment) -> bool:
    """The same for one response: those of its own prefecture."""
    return may_check_survey(user, assignment.survey, prefecture_for(user, assignment))


def can_confirm(user: User, assignment: Assignment) -> bool:
    """Whether the response waits for the person's confirmation."""
    waits = assignment.state in CHECKABLE_STATES and assignment.confirmed_at is None
    waits = waits and assignment.succeeded_by_id is None
    return waits and assignment.survey.state in _CONFIRMING and may_check(user, assignment)


def can_return_response(user: User, assignment: Assignment) -> bool:
    """Whether the person may give it back now: until the ministry's deadline for it."""
    in_time = assignment.is_awaited and timezone.now() < assignment.deadline
    handed_in = assignment.state in CHECKABLE_STATES
    return handed_in and in_time and may_check(user, assignment)


def may_begin_proxy(user: User, assignment: Assignment) -> bool:
    """Drafters of the prefecture, where prefectures have a part in the survey."""
    prefecture = prefecture_for(user, assignment)
    return prefecture is not None and user.has_role(Role.DRAFTER, organization_id=prefecture.pk)


def may_end_proxy(user: User, assignment: Assignment) -> bool:
    """Writers and admins of the municipality, and who writes by proxy."""
    roles = (*WRITERS, Role.ORG_ADMIN)
    is_own = user.has_role(*roles, organization_id=assignment.organization_id)
    return is_own or proxy_of(user, assignment) is not None
