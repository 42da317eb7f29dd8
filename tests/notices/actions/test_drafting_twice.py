"""The form of a new notice sent twice at once, as by a page that saves itself beside its button."""

from uuid import UUID, uuid4

import pytest

from notices.actions.drafting import draft
from notices.models import Notice
from onepublic.audit.models import AuditEvent
from tests.factories.accounts import DivisionFactory
from tests.factories.notices import drafter_of, manuscript
from tests.notices.actions.test_races import beside

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_form_sent_from_two_windows_at_once_makes_one_draft() -> None:
    division, key = DivisionFactory.create(), uuid4()
    drafter = drafter_of(division)

    def begin(key: UUID | None) -> Notice:
        return draft(division=division, by=drafter, manuscript=manuscript(number=""), key=key)

    second = beside(lambda: begin(key), lambda: begin(key))

    assert second.result() == Notice.objects.get()
    assert AuditEvent.objects.filter(action="notice.drafted").count() == 1


def test_without_its_key_a_form_sent_from_two_windows_makes_two_drafts() -> None:
    """The negative control."""
    division = DivisionFactory.create()
    drafter = drafter_of(division)

    def begin() -> Notice:
        return draft(division=division, by=drafter, manuscript=manuscript(number=""))

    beside(begin, begin).result()

    assert Notice.objects.count() == 2
