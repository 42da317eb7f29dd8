import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.states import Role
from notices.actions.topics import add_topic, rename_topic
from notices.models import Topic
from onepublic.audit.models import events_of
from onepublic.core.errors import Refused
from tests.factories.accounts import DivisionFactory, person_at
from tests.factories.notices import topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return person_at(DivisionFactory.create(), Role.SYSTEM_ADMIN)


def test_one_is_added_with_its_event(admin: User) -> None:
    added = add_topic(name="予防接種", by=admin)

    assert Topic.objects.get() == added
    event = events_of(added).get()
    assert (event.action, event.actor_id, event.detail) == (
        "topic.added",
        admin.pk,
        {"name": "予防接種"},
    )


@pytest.mark.parametrize("name", ["ＤＰＣ", "dpc", "DPC"])
def test_a_name_that_reads_the_same_is_taken(admin: User, name: str) -> None:
    topic("DPC")
    other = topic("予防接種")

    with pytest.raises(Refused, match="同じ名称の分野があります（DPC）"):
        add_topic(name=name, by=admin)
    with pytest.raises(Refused, match="同じ名称の分野があります（DPC）"):
        rename_topic(other, name=name, by=admin)

    assert set(Topic.objects.values_list("name", flat=True)) == {"DPC", "予防接種"}


def test_one_is_renamed_also_to_another_spelling_of_itself(admin: User) -> None:
    given = topic("dpc")

    assert rename_topic(given, name="DPC", by=admin) is True
    assert rename_topic(given, name="DPC", by=admin) is False

    assert Topic.objects.get().name == "DPC"
    assert events_of(given).get().detail == {"before": "dpc", "name": "DPC"}


@pytest.mark.parametrize("role", [Role.DRAFTER, Role.ORG_ADMIN, Role.AUDITOR])
def test_others_may_not(role: Role) -> None:
    person = person_at(DivisionFactory.create(), role)

    with pytest.raises(PermissionDenied):
        add_topic(name="予防接種", by=person)
    with pytest.raises(PermissionDenied):
        rename_topic(topic("感染症"), name="予防接種", by=person)
