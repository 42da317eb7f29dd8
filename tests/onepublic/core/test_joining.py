import pytest
from django.db import models
from pytest_django import DjangoAssertNumQueries

from accounts.models import Division, Organization
from onepublic.core.joining import Joined, partly
from tests.factories.accounts import DivisionFactory

pytestmark = pytest.mark.django_db
DIVISIONS = Joined(
    tables=(
        ("d", Division, ("organization_id", "name", "id")),  # not in the order of the model
        ("p", Division, ("id", "name")),
    ),
    more="upper(d.code)",
    rest="""
    FROM accounts_division d LEFT JOIN accounts_division p ON p.id = d.parent_id
    WHERE d.id = %s
    """,
)


def test_rows_become_instances_whatever_the_order_of_the_attributes() -> None:
    parent = DivisionFactory.create(name="総務課")
    office = DivisionFactory.create(name="企画室", code="plan", parent=parent)

    (((found, above), more),) = DIVISIONS.rows([office.pk])

    assert (found.pk, found.name, found.organization_id) == (
        office.pk,
        "企画室",
        office.organization_id,
    )
    assert (above.pk, above.name) == (parent.pk, "総務課")
    assert more == ("PLAN",)


def test_a_table_that_joins_nothing_gives_none() -> None:
    division = DivisionFactory.create()

    (((_, above), _),) = DIVISIONS.rows([division.pk])

    assert above is None


def test_what_was_left_out_loads_when_it_is_read(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    office = DivisionFactory.create(bureau_name="医政局")
    (((found, _), _),) = DIVISIONS.rows([office.pk])
    part: models.Model = partly(Organization, name="村", id=office.organization_id)

    with django_assert_num_queries(2):
        loaded = found.bureau_name, getattr(part, "code")  # noqa: B009 - a column left out

    assert loaded == ("医政局", office.organization.code)
