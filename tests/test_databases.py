import pytest
from django.apps import apps
from django.core.management import call_command

from onepublic.audit.models import AuditEvent
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import assignment_of, running_survey, submitted

MADE_AGAIN = {"contenttypes.ContentType", "auth.Permission"}  # by Django, after each emptying


@pytest.mark.django_db(transaction=True)
def test_what_a_committing_test_wrote_is_gone_behind_it() -> None:
    town = OrganizationFactory.create()
    asked = assignment_of(running_survey(town), town)
    submitted(asked, person_at(town))
    assert AuditEvent.objects.exists()

    call_command("flush", verbosity=0, interactive=False)

    models = [model for model in apps.get_models() if model._meta.label not in MADE_AGAIN]
    left = [model for model in models if model._default_manager.exists()]
    assert left == []
