import pytest
from django.db import DatabaseError, connection, transaction

from onepublic.audit.models import AuditEvent, record
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_an_event_says_who_did_what_to_which_object() -> None:
    person = UserFactory.create()

    record("user.created", person, by=person, reason="異動")

    event = AuditEvent.objects.get()
    assert (event.action, event.actor, event.target_type, event.target_id, event.detail) == (
        "user.created",
        person,
        "accounts.user",
        person.pk,
        {"reason": "異動"},
    )


def test_the_database_refuses_to_change_or_delete_an_event() -> None:
    event = record("user.created", UserFactory.create(), by=None)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.update(action="nothing.happened")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).delete()

    assert AuditEvent.objects.get().action == "user.created"


def test_the_database_refuses_to_empty_the_trail() -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE audit_auditevent")
