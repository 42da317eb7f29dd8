from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from accounts.audience import AudienceRule
from accounts.states import Role
from notices.actions.drafting import draft, edit, set_audience
from notices.models import Notice, Topic
from notices.states import VersionState
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Stale
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import (
    a_draft,
    approver_of,
    drafter_of,
    in_review,
    manuscript,
    version_of,
)
from tests.surveys.racing import at_once
from tests.unguarded import without_unique

pytestmark = pytest.mark.django_db


def test_a_draft_keeps_what_was_typed() -> None:
    division, joint = DivisionFactory.create_batch(2)
    topic = Topic.objects.create(name="予防接種")
    drafter = drafter_of(division)
    text = manuscript(joint_issuers=[joint], topics=[topic])

    notice = draft(division=division, by=drafter, manuscript=text)

    version = notice.versions.get()
    assert (version_of(notice).state, notice.created_by) == (VersionState.DRAFT, drafter)
    assert (version.title, version.body, version.written_by) == (text.title, text.body, drafter)
    assert [issuer.division for issuer in version.issuers.all()] == [division, joint]
    assert list(notice.topics.all()) == [topic]
    assert AuditEvent.objects.get().action == "notice.drafted"


def test_the_same_form_sent_twice_makes_one_draft() -> None:
    division = DivisionFactory.create()
    drafter, key = drafter_of(division), uuid4()

    first = draft(division=division, by=drafter, manuscript=manuscript(), key=key)
    second = draft(division=division, by=drafter, manuscript=manuscript(), key=key)

    assert first == second
    assert (Notice.objects.count(), AuditEvent.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_draft() -> None:
    first, second = _drafted_twice_at_once()

    assert first == second
    assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_unique_key_they_would_make_two() -> None:
    with without_unique("notices_notice", "draft_key"):
        first, second = _drafted_twice_at_once()

        assert first != second


def _drafted_twice_at_once() -> list[Any]:
    division, key = DivisionFactory.create(), uuid4()
    drafter = drafter_of(division)
    return at_once(
        [lambda: draft(division=division, by=drafter, manuscript=manuscript(), key=key)] * 2,
        before='INSERT INTO "notices_notice"',
    )


def test_another_persons_key_opens_nothing() -> None:
    division, key = DivisionFactory.create(), uuid4()
    draft(division=division, by=drafter_of(division), manuscript=manuscript(), key=key)

    with pytest.raises(PermissionDenied):
        draft(division=division, by=drafter_of(division), manuscript=manuscript(), key=key)


def test_only_drafters_of_the_division_draft() -> None:
    division = DivisionFactory.create()

    for person in (approver_of(division), drafter_of(DivisionFactory.create())):
        with pytest.raises(PermissionDenied):
            draft(division=division, by=person, manuscript=manuscript())

    assert Notice.objects.count() == 0


def test_a_municipality_issues_no_notices() -> None:
    officer = person_at(OrganizationFactory.create())
    window = officer.active_memberships[0].division

    with pytest.raises(PermissionDenied):
        draft(division=window, by=officer, manuscript=manuscript())


def test_editing_replaces_the_text_and_grows_the_revision() -> None:
    notice = a_draft(joint_issuers=[DivisionFactory.create()])
    colleague = drafter_of(notice.division)

    edit(notice, by=colleague, manuscript=manuscript(title="直した件名"), revision=1)

    notice.refresh_from_db()
    version = notice.versions.get()
    assert (version.title, version.written_by, notice.revision) == ("直した件名", colleague, 2)
    assert [issuer.division for issuer in version.issuers.all()] == [notice.division]


def test_an_edit_from_a_stale_page_is_refused_and_changes_nothing() -> None:
    notice = a_draft()
    edit(notice, by=notice.created_by, manuscript=manuscript(title="先の変更"), revision=1)

    with pytest.raises(Stale):
        edit(notice, by=notice.created_by, manuscript=manuscript(title="後の変更"), revision=1)

    assert notice.versions.get().title == "先の変更"


def test_what_is_in_review_is_not_edited() -> None:
    notice = in_review(to=[OrganizationFactory.create()])

    with pytest.raises(Stale, match="変更できません"):
        edit(notice, by=notice.created_by, manuscript=manuscript(title="別の件名"))


def test_only_the_divisions_drafters_edit() -> None:
    notice = a_draft()

    for person in (approver_of(notice.division), drafter_of(DivisionFactory.create())):
        with pytest.raises(PermissionDenied):
            edit(notice, by=person, manuscript=manuscript())


def test_the_audience_is_kept_as_a_rule() -> None:
    notice = a_draft()
    rule = AudienceRule(kinds=["prefecture"], prefectures=["01"], excluded_codes=["010006"])

    set_audience(notice, by=notice.created_by, rule=rule, revision=1)

    notice.refresh_from_db()
    assert (notice.audience, notice.revision) == (rule, 2)
    event = AuditEvent.objects.get(action="notice.addressed")
    assert event.detail == {"rule": rule.to_json()}


def test_the_audience_of_a_stale_page_is_refused() -> None:
    notice = a_draft()
    set_audience(notice, by=notice.created_by, rule=AudienceRule(kinds=["city"]))

    with pytest.raises(Stale):
        set_audience(notice, by=notice.created_by, rule=AudienceRule(), revision=1)

    notice.refresh_from_db()
    assert notice.audience == AudienceRule(kinds=["city"])


def test_a_person_with_two_roles_drafts_too() -> None:
    division = DivisionFactory.create()
    both = person_at(division, Role.DRAFTER, Role.APPROVER)

    assert draft(division=division, by=both, manuscript=manuscript()).created_by == both
