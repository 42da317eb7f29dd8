from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Division
from notices.actions.drafting import draft, edit
from notices.actions.numbering import NumberTaken, give_number
from notices.actions.ruling import set_issuing_rule
from notices.models import Notice, ReservedNumber
from onepublic.core.errors import Refused, Stale
from tests.factories.accounts import DivisionFactory, OrganizationFactory
from tests.factories.notices import (
    a_draft,
    approver_of,
    drafter_of,
    manuscript,
    published,
    version_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def division() -> Division:
    division = DivisionFactory.create(bureau_name="医政局", name="総務課")
    ruled(division)
    return division


def ruled(division: Division, symbol: str = "医政発") -> None:
    by = approver_of(division)
    set_issuing_rule(division, by=by, symbol=symbol, requires_agreement=False)


def numbered(division: Division, **changes: Any) -> str:
    notice = a_draft(division=division, **{"number": "", **changes})
    return give_number(notice, by=notice.created_by)


def retype(notice: Notice, number: str) -> None:
    edit(notice, by=notice.created_by, manuscript=manuscript(number=number))


def test_the_next_number_of_the_year_has_the_day_of_issue(division: Division) -> None:
    given = [
        numbered(division),
        numbered(division, issued_on=date(2026, 12, 1)),
        numbered(division, issued_on=date(2027, 1, 5)),
    ]

    assert given == ["医政発1123第1号", "医政発1201第2号", "医政発0105第1号"]


def test_divisions_with_one_symbol_share_its_numbers(division: Division) -> None:
    other = DivisionFactory.create()
    ruled(other)

    assert [numbered(division), numbered(other)] == ["医政発1123第1号", "医政発1123第2号"]


def test_it_goes_on_behind_what_was_typed(division: Division) -> None:
    a_draft(division=division, number="医政発１１２３第７号")

    assert numbered(division) == "医政発1123第8号"


def test_a_number_of_the_year_is_refused_with_its_holder(division: Division) -> None:
    first = a_draft(division=division, number="医政発1123第1号")
    second = a_draft(number="")

    with pytest.raises(NumberTaken, match="医政局 総務課") as refusal:
        retype(second, "医政発１１２３第１号")

    assert first.created_by.name in str(refusal.value)
    assert version_of(second).number == ""


def test_a_taken_number_makes_no_draft(division: Division) -> None:
    published(to=[OrganizationFactory.create()], number="医政発1123第1号")

    with pytest.raises(NumberTaken):
        draft(division=division, by=drafter_of(division), manuscript=manuscript())

    assert Notice.objects.count() == 1


def test_another_year_is_another_number() -> None:
    a_draft(number="総第1号")

    assert a_draft(number="総第1号", issued_on=date(2027, 1, 4)).pk


def test_what_was_only_typed_is_free_again_when_it_is_changed() -> None:
    notice = a_draft(number="医政発1123第1号")
    retype(notice, "医政発1123第2号")

    assert a_draft(number="医政発1123第1号").pk


def test_what_the_portal_gave_is_never_given_again(division: Division) -> None:
    notice = a_draft(division=division, number="")
    first = give_number(notice, by=notice.created_by)
    retype(notice, "")

    assert give_number(notice, by=notice.created_by) == "医政発1123第2号"
    with pytest.raises(NumberTaken):
        a_draft(number=first)


def test_a_number_outlives_its_draft() -> None:
    a_draft(number="医政発1123第1号").delete()

    with pytest.raises(NumberTaken):
        a_draft(number="医政発1123第1号")
    assert ReservedNumber.objects.get().notice is None


def test_without_a_symbol_nothing_is_given() -> None:
    notice = a_draft(number="")

    with pytest.raises(Refused, match="符号"):
        give_number(notice, by=notice.created_by)


def test_only_drafters_give_numbers_and_not_on_an_old_page(division: Division) -> None:
    notice = a_draft(division=division, number="")

    with pytest.raises(PermissionDenied):
        give_number(notice, by=approver_of(division))
    with pytest.raises(Stale):
        give_number(notice, by=notice.created_by, revision=9)
