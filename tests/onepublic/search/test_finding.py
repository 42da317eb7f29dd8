import pytest

from accounts.models import Organization, User
from accounts.states import Role
from onepublic.core.text import fold
from onepublic.search.finding import SHOWN, notices_for, organizations_for, surveys_for
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import a_draft, published
from tests.factories.surveys import draft_survey, running_survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Organization:
    return OrganizationFactory.create(name="高崎市", kana="たかさきし", code="102024")


@pytest.fixture
def officer(town: Organization) -> User:
    return person_at(town)


@pytest.mark.parametrize(
    "typed",
    [
        "予防接種",
        "ワクチン",
        "ﾜｸﾁﾝ",
        "健発1123第7号",
        "健発１１２３第７号",
        "接種 ワクチン",
        "接種　健発",
    ],
)
def test_a_notice_is_found_by_title_number_and_body_in_any_width(
    town: Organization, officer: User, typed: str
) -> None:
    wanted = published(
        to=[town], title="予防接種の実施", number="健発1123第7号", body="ワクチンの供給量"
    )
    published(to=[town], title="介護保険の実績", number="老発1123第8号", body="実績の報告")

    found = notices_for(officer, fold(typed))

    assert (found.rows, found.count, found.cut) == ([wanted], 1, False)


def test_kanji_variants_of_names_are_found_both_ways(town: Organization, officer: User) -> None:
    printed = published(to=[town], title="髙﨑邊の件", body="本文")
    plain = published(to=[town], title="高崎辺の件", body="本文")

    assert notices_for(officer, fold("高崎辺")).rows == [plain, printed]
    assert notices_for(officer, fold("髙﨑邊")).rows == [plain, printed]


def test_wildcards_of_the_database_are_plain_characters(town: Organization, officer: User) -> None:
    wanted = published(to=[town], title="達成率100%の件", body="本文")
    published(to=[town], title="達成率100点の件", body="本文")

    assert notices_for(officer, "100%").rows == [wanted]
    assert notices_for(officer, "100_").rows == []


def test_nothing_of_others_and_no_draft_is_found(town: Organization, officer: User) -> None:
    division = DivisionFactory.create()
    published(to=[OrganizationFactory.create()])
    a_draft(division=division)
    running_survey(OrganizationFactory.create())
    draft_survey(town)

    assert notices_for(officer, "予防接種").rows == []
    assert surveys_for(officer, "相談").rows == []
    assert len(notices_for(person_at(division, Role.DRAFTER), "予防接種").rows) == 1


def test_a_survey_is_found_by_its_title(town: Organization, officer: User) -> None:
    wanted = running_survey(town, title="ひきこもり支援の調査")
    running_survey(town)

    assert surveys_for(officer, "支援 調査").rows == [wanted]


@pytest.mark.parametrize("typed", ["高崎", "髙﨑", "たかさき", "タカサキ", "102024"])
def test_an_organization_is_found_by_name_reading_and_code(town: Organization, typed: str) -> None:
    assert organizations_for(fold(typed)).rows == [town]


def test_the_first_twenty_are_shown_and_all_are_counted(town: Organization, officer: User) -> None:
    OrganizationFactory.create_batch(SHOWN + 2, name="同名村", prefecture=town.prefecture)

    found = organizations_for("同名村")

    assert (len(found.rows), found.count, found.cut) == (SHOWN, SHOWN + 2, True)
