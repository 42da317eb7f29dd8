"""The lock under which a survey changes; assignments, where they matter, are locked before it."""

from accounts.models import User
from onepublic.core.errors import Stale, demand
from onepublic.core.transitions import ensure_transition
from surveys.fingerprint import ensure_frame_unchanged
from surveys.models import Survey
from surveys.permissions import is_drafter
from surveys.states import PREPARING_STATES, SURVEY_TRANSITIONS, SurveyState

OVERTAKEN = "この調査の状態が変わっているため、この操作はできません。画面を開き直してください。"
NOT_EDITABLE = "この調査は決裁待ち又は決裁済みのため、変更できません。"


def hold(survey: Survey) -> Survey:
    """The survey as it is now, locked until the transaction ends."""
    return Survey.objects.select_for_update().get(pk=survey.pk)


def hold_with_responses(survey: Survey) -> Survey:
    """The same, its responses first: whatever is being written or submitted ends before."""
    list(survey.assignments.order_by("pk").select_for_update().values_list("pk", flat=True))
    return hold(survey)


def hold_for_editing(survey: Survey, *, by: User, mark: str | None) -> Survey:
    """The draft, locked, whose frame ``by`` may change now.

    Raises PermissionDenied for anybody but the division's drafters, Stale in a state that
    forbids changes or when the page showed another frame (``mark``).
    """
    held = hold(survey)
    demand(is_drafter(by, held))
    if held.state not in PREPARING_STATES:
        raise Stale(NOT_EDITABLE)
    ensure_frame_unchanged(held, mark)
    return held


def ensure_may_become(survey: Survey, target: str) -> None:
    """Raises Stale when the state forbids ``target``."""
    ensure_transition(SURVEY_TRANSITIONS, survey.state, target, what="この調査")


def ensure_in(survey: Survey, state: SurveyState) -> None:
    """Raises Stale in any other state: an act that only one state knows."""
    if survey.state != state:
        raise Stale(OVERTAKEN)


def give_back(survey: Survey, reason: str) -> None:
    """Return a survey that is held to its drafters."""
    ensure_may_become(survey, SurveyState.RETURNED)
    survey.state, survey.return_reason, survey.approved_by = SurveyState.RETURNED, reason, None
    survey.save(update_fields=["state", "return_reason", "approved_by"])
