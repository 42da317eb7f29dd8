import pytest

from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from surveys.actions import cancel_compilation, request_compilation
from surveys.models import Compilation
from surveys.states import CompilationState
from tests.factories.accounts import OrganizationFactory
from tests.factories.surveys import draft_survey, running_survey
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db


def test_it_waits_for_a_worker_and_is_recorded() -> None:
    survey = running_survey(OrganizationFactory.create())

    compilation = request_compilation(survey, by=survey.created_by)

    event = AuditEvent.objects.get(action="compilation.requested")
    assert (compilation.state, compilation.rows_total) == (CompilationState.WAITING, 1)
    assert compilation.requested_by == survey.created_by
    assert (event.target_id, event.detail) == (compilation.pk, {"survey": survey.pk})


def test_one_under_way_is_returned_and_a_finished_one_is_not() -> None:
    survey = running_survey(OrganizationFactory.create())
    first = request_compilation(survey, by=survey.created_by)

    assert request_compilation(survey, by=survey.created_by) == first
    cancel_compilation(first, by=survey.created_by)
    assert request_compilation(survey, by=survey.created_by) != first


def test_a_draft_is_not_compiled() -> None:
    survey = draft_survey(OrganizationFactory.create())

    with pytest.raises(Refused):
        request_compilation(survey, by=survey.created_by)


def test_what_has_ended_is_not_cancelled() -> None:
    survey = running_survey(OrganizationFactory.create())
    compilation = request_compilation(survey, by=survey.created_by)
    cancel_compilation(compilation, by=survey.created_by)

    with pytest.raises(Stale):
        cancel_compilation(compilation, by=survey.created_by)

    assert AuditEvent.objects.filter(action="compilation.cancelled").count() == 1


def _two_clicks() -> int:
    survey = running_survey(OrganizationFactory.create())
    act = lambda: request_compilation(survey, by=survey.created_by)  # noqa: E731
    at_once([act, act], before='INSERT INTO "surveys_compilation"')
    return Compilation.objects.count()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_asks_once() -> None:
    assert _two_clicks() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_it_would_ask_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)

    assert _two_clicks() == 2
