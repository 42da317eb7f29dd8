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


def following_prefecture(user: User, survey: Survey) -> Organization | None:
    """The person's prefecture, which follows its municipalities in the survey; None where the
    survey gives prefectures no part.
    """
    if survey.prefecture_part == PrefecturePart.NONE or survey.opened_at is None:
        return None
    places = (m.division.organization for m in user.active_memberships)
    return next((place for place in places if place.level == Level.PREFECTURE), None)


def writes_for(user: User, prefecture: Organization | None) -> bool:
    """Drafters and approvers of the prefecture."""
    return prefecture is not None and user.has_role(*WRITERS, organization_id=prefecture.pk)


def may_check_survey(user: User, survey: Survey) -> bool:
    """Drafters and approvers of a prefecture, where prefectures check the answers."""
    checks = survey.prefecture_part == PrefecturePart.CHECK
    return checks and writes_for(user, following_prefecture(user, survey))


def may_check(user: User, assignment: Assignment) -> bool:
    """The same for one response: those of its own prefecture."""
    prefecture = following_prefecture(user, assignment.survey)
    is_own = prefecture is not None and prefecture.pk == assignment.organization.prefecture_id
    return is_own and may_check_survey(user, assignment.survey)


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
    prefecture = following_prefecture(user, assignment.survey)
    is_own = prefecture is not None and prefecture.pk == assignment.organization.prefecture_id
    return is_own and user.has_role(
        Role.DRAFTER, organization_id=assignment.organization.prefecture_id
    )


def may_end_proxy(user: User, assignment: Assignment) -> bool:
    """Writers and admins of the municipality, and who writes by proxy."""
    roles = (*WRITERS, Role.ORG_ADMIN)
    is_own = user.has_role(*roles, organization_id=assignment.organization_id)
    return is_own or proxy_of(user, assignment) is not None
