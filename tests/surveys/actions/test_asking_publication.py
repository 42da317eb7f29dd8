import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import Settings

from accounts.models import User
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Rendered, render
from surveys.actions import (
    ask_for_publication,
    begin_revision,
    discard_revision,
    publish_revision,
)
from surveys.fingerprint import whole_mark
from surveys.models import Survey
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import DOCUMENT, running_survey
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db
RENAMED = {**DOCUMENT, "sections": [{**DOCUMENT["sections"][0], "title": "人員"}]}


def revised() -> tuple[Survey, User]:
    """A survey with a changed revision in hand, and an approver without a hand in it."""
    division = DivisionFactory.create()
    other = person_at(division, Role.APPROVER)
    survey = running_survey(OrganizationFactory.create(), division=division)
    begin_revision(survey, by=survey.created_by, reason="誤記があったため。")
    survey.revisions.filter(number=2).update(document=RENAMED | {"rules": []})
    return survey, other


def asked_of() -> list[int]:
    rows = OutboxMessage.objects.filter(kind="survey_publication_asked")
    return list(rows.values_list("person", flat=True))


def test_the_approvers_without_a_hand_in_it_are_told() -> None:
    survey, other = revised()

    ask_for_publication(survey, by=survey.created_by)

    event = AuditEvent.objects.get(action="survey.publication_asked")
    assert (event.actor, event.detail) == (survey.created_by, {"revision": 2, "edit": 0})
    assert asked_of() == [other.pk]


def test_the_letter_leads_to_the_changes(settings: Settings) -> None:
    survey, _ = revised()
    ask_for_publication(survey, by=survey.created_by)
    message = OutboxMessage.objects.get(kind="survey_publication_asked")

    letter = render([message]).letters[message.pk]

    assert letter.subject == "［OnePublic］【調査票の改訂の決裁の依頼】相談体制の調査"
    lines = letter.text.splitlines()
    assert "改訂の理由：誤記があったため。" in lines
    assert f"{settings.PORTAL_URL}/surveys/managed/{survey.pk}/revision/publication/" in lines


@pytest.mark.parametrize("end", ["published", "discarded"])
def test_what_has_been_overtaken_is_not_sent(end: str) -> None:
    survey, other = revised()
    ask_for_publication(survey, by=survey.created_by)
    message = OutboxMessage.objects.get(kind="survey_publication_asked")

    if end == "published":
        publish_revision(survey, by=other, confirmed=True)
    else:
        discard_revision(survey, by=survey.created_by)

    assert render([message]) == Rendered()


def test_it_is_asked_once_until_the_revision_changes() -> None:
    survey, other = revised()
    ask_for_publication(survey, by=survey.created_by)
    with pytest.raises(Refused, match="すでに決裁者に求めています"):
        ask_for_publication(survey, by=survey.created_by)

    survey.revisions.filter(number=2).update(edit=1)
    ask_for_publication(survey, by=survey.created_by)

    assert asked_of() == [other.pk, other.pk]


def test_what_can_not_be_asked() -> None:
    survey, _ = revised()
    drafter = survey.created_by
    unchanged = running_survey(OrganizationFactory.create())
    begin_revision(unchanged, by=unchanged.created_by, reason="誤記")
    without = running_survey(OrganizationFactory.create())

    with pytest.raises(Stale):
        ask_for_publication(without, by=without.created_by)
    with pytest.raises(Refused, match="変更した点がありません"):
        ask_for_publication(unchanged, by=unchanged.created_by)
    seen = whole_mark(survey)
    survey.revisions.filter(number=2).update(edit=7)
    with pytest.raises(Stale):
        ask_for_publication(survey, by=drafter, mark=seen)
    for person in (person_at(survey.division, Role.VIEWER), person_at(DivisionFactory.create())):
        with pytest.raises(PermissionDenied):
            ask_for_publication(survey, by=person)
    assert asked_of() == []


def test_without_another_approver_nobody_is_asked() -> None:
    survey = running_survey(OrganizationFactory.create())
    begin_revision(survey, by=survey.created_by, reason="誤記")
    survey.revisions.filter(number=2).update(document=RENAMED | {"rules": []})

    with pytest.raises(Refused, match="決裁者がいない"):
        ask_for_publication(survey, by=survey.created_by)


def test_whoever_asked_does_not_publish() -> None:
    survey, _ = revised()
    both = person_at(survey.division, Role.DRAFTER, Role.APPROVER)
    ask_for_publication(survey, by=both)

    with pytest.raises(PermissionDenied):
        publish_revision(survey, by=both, confirmed=True)


@pytest.mark.django_db(transaction=True)
def test_two_presses_ask_once() -> None:
    survey, other = revised()

    _asked_twice_at_once(survey)

    assert asked_of() == [other.pk]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_would_ask_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    survey, other = revised()

    _asked_twice_at_once(survey)

    assert asked_of() == [other.pk, other.pk]


def _asked_twice_at_once(survey: Survey) -> None:
    at_once(
        [lambda: ask_for_publication(survey, by=survey.created_by)] * 2,
        before='INSERT INTO "audit_auditevent"',
    )
