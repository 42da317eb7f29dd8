import time
from datetime import UTC, datetime, timedelta
from datetime import timezone as fixed
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.models import Organization
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Stale
from onepublic.mail.models import OutboxMessage
from surveys.actions import approve, ask_for_approval, cancel_survey, open_scheduled
from surveys.fingerprint import frame_mark
from surveys.models import Assignment, Survey
from surveys.schedule import open_due
from surveys.states import SurveyState
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import scheduled_survey
from tests.moved_clock import set_database_time
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db
MILLISECOND = timedelta(milliseconds=1)
JAPAN = ZoneInfo("Asia/Tokyo")


def let_its_day_come(survey: Survey) -> None:
    Survey.objects.filter(pk=survey.pk).update(opens_on=timezone.localdate())


def test_the_clock_opens_it_in_the_approvers_name() -> None:
    village = OrganizationFactory.create()
    person_at(village)
    survey = scheduled_survey(village, notify_by_mail=True)
    OutboxMessage.objects.all().delete()
    let_its_day_come(survey)

    open_due()

    survey.refresh_from_db()
    assert survey.state == SurveyState.OPEN
    assert AuditEvent.objects.get(action="survey.opened").actor == survey.approved_by
    assert (Assignment.objects.count(), OutboxMessage.objects.count()) == (1, 1)


def test_the_clock_opens_it_once_and_not_before_its_day() -> None:
    survey = scheduled_survey(OrganizationFactory.create())

    assert open_scheduled(survey) is False
    let_its_day_come(survey)
    assert [open_scheduled(survey), open_scheduled(survey)] == [True, False]


def test_it_opens_with_the_first_moment_of_its_day() -> None:
    """A real boundary: a place on earth where the next day begins within three seconds."""
    survey = scheduled_survey(OrganizationFactory.create())
    midnight = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=3)
    passed = midnight - midnight.replace(hour=0, minute=0, second=0)
    place = fixed((timedelta(days=1) - passed) % timedelta(days=1))
    opens_on = midnight.astimezone(place).date()
    Survey.objects.update(opens_on=opens_on, due_on=opens_on + timedelta(days=30))

    with timezone.override(place):
        before = open_scheduled(survey)
        time.sleep((midnight - datetime.now(UTC)).total_seconds() + 0.02)
        after = open_scheduled(survey)

    survey.refresh_from_db()
    assert (before, after) == (False, True)
    assert survey.opened_at is not None
    assert midnight <= survey.opened_at < midnight + timedelta(seconds=30)


@pytest.mark.parametrize(("moment", "opened"), [(-MILLISECOND, False), (timedelta(), True)])
def test_its_day_begins_at_midnight_in_japan(moment: timedelta, opened: bool) -> None:
    survey = scheduled_survey(OrganizationFactory.create())
    day = survey.opens_on
    set_database_time(datetime(day.year, day.month, day.day, tzinfo=JAPAN) + moment)

    assert open_scheduled(survey) is opened


def test_what_can_not_be_opened_returns_with_the_reason_and_a_mail() -> None:
    village = OrganizationFactory.create()
    survey = scheduled_survey(village)
    approver = survey.approved_by
    Organization.objects.filter(pk=village.pk).update(
        valid_to=timezone.localdate() - timedelta(days=1)
    )
    let_its_day_come(survey)
    OutboxMessage.objects.all().delete()

    open_due()

    survey.refresh_from_db()
    assert (survey.state, survey.approved_by) == (SurveyState.RETURNED, None)
    assert survey.return_reason == (
        "予定した日に受付を始められませんでした。宛先に当てはまる機関がありません。"
    )
    told = OutboxMessage.objects.filter(kind="survey_not_opened")
    assert approver is not None
    assert set(told.values_list("person", flat=True)) == {approver.pk, survey.created_by_id}
    assert Assignment.objects.count() == 0


def test_its_approver_may_approve_it_again_after_the_clock_gave_it_back() -> None:
    survey = scheduled_survey(OrganizationFactory.create())
    approver = survey.approved_by
    assert approver is not None
    Organization.objects.update(valid_to=timezone.localdate() - timedelta(days=1))
    let_its_day_come(survey)
    open_due()
    Organization.objects.update(valid_to=None)
    ask_for_approval(survey, by=survey.created_by)

    assert approve(survey, by=approver) == 1


def test_one_that_fails_holds_up_no_other() -> None:
    """A rule that nothing can read makes the first fail as a fault of the portal would."""
    village = OrganizationFactory.create()
    broken, sound = scheduled_survey(village), scheduled_survey(village)
    for survey in (broken, sound):
        let_its_day_come(survey)
    Survey.objects.filter(pk=broken.pk).update(stored_audience={"nonsense": True})

    open_due()

    states = Survey.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [SurveyState.SCHEDULED, SurveyState.OPEN]


@pytest.mark.django_db(transaction=True)
def test_opened_or_called_off_never_both_unseen() -> None:
    survey = scheduled_survey(OrganizationFactory.create())
    let_its_day_come(survey)
    survey.refresh_from_db()

    opened, cancelled = _open_beside_cancelling(survey)

    survey.refresh_from_db()
    if opened is True:
        assert isinstance(cancelled, Stale)
        assert survey.state == SurveyState.OPEN
    else:
        assert (opened, cancelled, survey.state) == (False, None, SurveyState.CANCELLED)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_neither_would_know_of_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    survey = scheduled_survey(OrganizationFactory.create())
    let_its_day_come(survey)
    survey.refresh_from_db()

    opened, cancelled = _open_beside_cancelling(survey)

    assert opened is not False
    assert cancelled is None


def _open_beside_cancelling(survey: Survey) -> list[object]:
    by = person_at(survey.division, Role.DRAFTER, Role.APPROVER)
    seen = frame_mark(survey)
    return at_once(
        [
            lambda: open_scheduled(survey),
            lambda: cancel_survey(survey, by=by, reason="重複", mark=seen),
        ],
        before='UPDATE "surveys_survey"',
    )
