import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organization
from accounts.naming import MOST_LINES, organizations_in
from tests.factories.accounts import MinistryFactory, OrganizationFactory, PrefectureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tokyo() -> Organization:
    tokyo: Organization = PrefectureFactory.create(
        code="130001", name="東京都", prefecture_name="東京都"
    )
    return tokyo


@pytest.fixture
def tokyos_fuchu(tokyo: Organization) -> Organization:
    town: Organization = OrganizationFactory.create(code="132063", name="府中市", prefecture=tokyo)
    return town


@pytest.fixture
def hiroshimas_fuchu() -> Organization:
    hiroshima = PrefectureFactory.create(code="340006", name="広島県", prefecture_name="広島県")
    town: Organization = OrganizationFactory.create(
        code="342084", name="府中市", prefecture=hiroshima
    )
    return town


@pytest.mark.parametrize(
    "written",
    [
        "132063",
        "１３２０６３",
        "東京都府中市",
        "東京都 府中市",
        "東京都\t府中市",
        "132063\t府中市",
        "132063\t東京都\t府中市",
        "府中市,132063",
    ],
)
def test_a_code_or_a_name_behind_its_prefecture_is_one_organization(
    written: str, tokyos_fuchu: Organization, hiroshimas_fuchu: Organization
) -> None:
    pasted = organizations_in(written)

    assert (pasted.found, pasted.unresolved) == ([tokyos_fuchu], [])


def test_a_name_that_two_bear_is_not_guessed(
    tokyos_fuchu: Organization, hiroshimas_fuchu: Organization
) -> None:
    pasted = organizations_in("府中市")

    assert pasted.found == []
    assert pasted.ambiguous == [("府中市", ["東京都府中市", "広島県府中市"])]


def test_cells_of_a_sheet_are_one_place_and_not_also_their_prefecture(
    tokyo: Organization, tokyos_fuchu: Organization
) -> None:
    assert organizations_in("東京都\t府中市\n東京都").found == [tokyos_fuchu, tokyo]


@pytest.mark.parametrize("written", ["東京都府中町", "132064", "132063\t調布市", "府中"])
def test_what_fits_none_comes_back_as_it_was_written(
    written: str, tokyos_fuchu: Organization
) -> None:
    pasted = organizations_in(f" {written} \r\n")

    assert (pasted.found, pasted.unknown) == ([], [written])


def test_each_is_found_once_in_the_order_of_the_list(
    tokyos_fuchu: Organization, hiroshimas_fuchu: Organization
) -> None:
    pasted = organizations_in("342084、東京都府中市\n\n広島県府中市")

    assert pasted.found == [hiroshimas_fuchu, tokyos_fuchu]


def test_the_ministry_is_not_addressed() -> None:
    MinistryFactory.create()

    assert organizations_in("厚生労働省").unknown == ["厚生労働省"]


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_lines_costs_one_query(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    villages = OrganizationFactory.create_batch(count)

    with django_assert_num_queries(1):
        pasted = organizations_in("\n".join(village.name for village in villages))

    assert pasted.found == villages


def test_more_lines_than_there_are_organizations_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 2000"):
        organizations_in("村\n" * (MOST_LINES + 1))


class AnyText(TestCase):
    @given(st.text(max_size=200))
    def test_everything_is_found_or_given_back(self, text: str) -> None:
        pasted = organizations_in(text)

        assert pasted.found == []
        assert all(written and written in text for written in pasted.unresolved)
