import pytest
from django.db.models import F, Value
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from onepublic.core.sql import counts, insert_select
from onepublic.mail.models import OutboxMessage
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
COLUMNS = {"kind": Value("letter"), "subject_id": Value(1), "person": F("pk")}


def test_it_inserts_a_row_for_each_of_the_source_in_one_statement() -> None:
    people = UserFactory.create_batch(3)

    count = insert_select(OutboxMessage, User.objects.all(), COLUMNS)

    assert count == 3
    assert set(OutboxMessage.objects.values_list("person_id", flat=True)) == {
        person.pk for person in people
    }


def test_rows_that_are_there_stay_when_told_so() -> None:
    first, _ = UserFactory.create_batch(2)
    insert_select(OutboxMessage, User.objects.filter(pk=first.pk), COLUMNS)

    assert insert_select(OutboxMessage, User.objects.all(), COLUMNS, unless_there=True) == 1


def test_a_source_that_selects_nobody_inserts_nothing() -> None:
    assert insert_select(OutboxMessage, User.objects.none(), COLUMNS) == 0
    assert insert_select(OutboxMessage, User.objects.filter(pk__in=[]), COLUMNS) == 0


def test_several_counts_take_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first, _ = UserFactory.create_batch(2)
    people = User.objects.order_by("name")

    with django_assert_num_queries(1):
        found = counts(people, people.filter(pk__in=[]), people.filter(pk=first.pk))

    assert found == [2, 0, 1]
