import pytest
from django.db import DatabaseError, transaction

from tests.factories.accounts import OrganizationFactory
from tests.factories.surveys import DOCUMENT, draft_survey, running_survey

pytestmark = pytest.mark.django_db


def test_a_published_questionnaire_stays_as_it_was_asked() -> None:
    revision = running_survey(OrganizationFactory.create()).revisions.get()

    with pytest.raises(DatabaseError), transaction.atomic():
        revision.survey.revisions.update(document={})
    with pytest.raises(DatabaseError), transaction.atomic():
        revision.delete()

    revision.refresh_from_db()
    assert revision.document == DOCUMENT


def test_a_draft_can_still_be_changed() -> None:
    survey = draft_survey()

    survey.revisions.update(document={"sections": []})

    assert survey.revisions.get().document == {"sections": []}
