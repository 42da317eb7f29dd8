import pytest
from django.core.exceptions import PermissionDenied

from notices.actions.drafting import edit, set_audience
from notices.actions.review import return_to_drafter, submit_for_review
from notices.states import VersionState
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from tests.factories.accounts import DivisionFactory, OrganizationFactory
from tests.factories.notices import (
    a_draft,
    approver_of,
    drafter_of,
    in_review,
    manuscript,
    version_of,
)

pytestmark = pytest.mark.django_db


def test_submitting_needs_number_addressee_text_and_audience() -> None:
    notice = a_draft(number="", addressee_line=" ", body="")

    with pytest.raises(Refused, match="文書番号、宛名、本文、宛先の団体"):
        submit_for_review(notice, by=notice.created_by)

    notice.refresh_from_db()
    assert version_of(notice).state == VersionState.DRAFT


def test_submitting_tells_who_and_which_revision() -> None:
    notice = a_draft()
    village = OrganizationFactory.create()
    rule = notice.audience.__class__(codes=[village.code])
    set_audience(notice, by=notice.created_by, rule=rule)
    colleague = drafter_of(notice.division)

    submit_for_review(notice, by=colleague, revision=2)

    notice.refresh_from_db()
    assert (version_of(notice).state, version_of(notice).submitted_by) == (
        VersionState.IN_REVIEW,
        colleague,
    )
    event = AuditEvent.objects.get(action="notice.submitted")
    assert (event.actor_id, event.detail) == (colleague.pk, {"revision": 2})


def test_submitting_twice_is_refused_calmly() -> None:
    notice = in_review(to=[OrganizationFactory.create()])

    with pytest.raises(Stale):
        submit_for_review(notice, by=notice.created_by)

    assert AuditEvent.objects.filter(action="notice.submitted").count() == 1


def test_a_stale_page_submits_nothing() -> None:
    notice = a_draft()
    edit(notice, by=notice.created_by, manuscript=manuscript(title="別の人の変更"))

    with pytest.raises(Stale):
        submit_for_review(notice, by=notice.created_by, revision=1)


def test_others_may_not_submit() -> None:
    notice = a_draft()

    for person in (approver_of(notice.division), drafter_of(DivisionFactory.create())):
        with pytest.raises(PermissionDenied):
            submit_for_review(notice, by=person)


def test_returning_keeps_the_reason_and_opens_the_draft_again() -> None:
    notice = in_review(to=[OrganizationFactory.create()])

    return_to_drafter(notice, by=approver_of(notice.division), reason="宛名を直してください。")

    notice.refresh_from_db()
    assert (version_of(notice).state, version_of(notice).return_reason) == (
        VersionState.RETURNED,
        "宛名を直してください。",
    )
    event = AuditEvent.objects.get(action="notice.returned")
    assert event.detail == {"reason": "宛名を直してください。"}
    edit(notice, by=notice.created_by, manuscript=manuscript(addressee_line="各 市長 殿"))
    submit_for_review(notice, by=notice.created_by)


def test_submitting_again_clears_the_reason() -> None:
    notice = in_review(to=[OrganizationFactory.create()])
    return_to_drafter(notice, by=approver_of(notice.division), reason="直してください。")

    submit_for_review(notice, by=notice.created_by)

    notice.refresh_from_db()
    assert version_of(notice).return_reason == ""


def test_returning_needs_a_reason_an_approver_and_a_review() -> None:
    notice = in_review(to=[OrganizationFactory.create()])

    with pytest.raises(Refused, match="理由"):
        return_to_drafter(notice, by=approver_of(notice.division), reason=" \n")
    with pytest.raises(PermissionDenied):
        return_to_drafter(notice, by=drafter_of(notice.division), reason="理由")
    draft = a_draft()
    with pytest.raises(Stale):
        return_to_drafter(draft, by=approver_of(draft.division), reason="理由")
