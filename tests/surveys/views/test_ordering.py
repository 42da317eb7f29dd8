import pytest
from django.test import Client

from accounts.models import User
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from surveys.actions.layouts import save_layout
from surveys.compilation.orders import Order
from surveys.models import Compilation, CompilationLayout, Survey
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import draft_survey, running_survey

pytestmark = pytest.mark.django_db
CHOICE = {"format": "csv", "parts": ["summary"], "kinds": ["village"], "sections": ["s2"]}


@pytest.fixture
def survey(client: Client) -> Survey:
    """An open one, whose runner has signed in."""
    survey = running_survey(OrganizationFactory.create())
    client.force_login(survey.created_by)
    return survey


def address(survey: Survey) -> str:
    return f"/surveys/managed/{survey.pk}/compilations/new/"


def test_everything_is_chosen_at_first(client: Client, survey: Survey) -> None:
    page = client.get(address(survey)).content.decode()

    assert page.count(" checked") == 6
    assert '<optgroup label="実績">' in page


def test_what_was_chosen_is_asked_for(client: Client, survey: Survey) -> None:
    response = client.post(address(survey), CHOICE)

    compilation = Compilation.objects.get()
    assert response["Location"] == f"/surveys/managed/compilations/{compilation.pk}/"
    assert Order.from_json(compilation.stored_order) == Order(
        format="csv",
        parts=("summary",),
        kinds=("village",),
        questions=("cases", "note", "plan"),
    )
    page = client.get(response["Location"]).content.decode()
    assert "CSV（UTF-8、BOMなし。プログラムで読むとき）" in page
    assert "3問を選択" in page
    assert CompilationLayout.objects.count() == 0


def test_a_name_keeps_it_for_the_division_and_the_page_shows_it_again(
    client: Client, survey: Survey
) -> None:
    client.post(address(survey), CHOICE | {"name": "毎年の設定", "format": "xlsx"})
    client.post(address(survey), CHOICE | {"name": "毎年の設定"})

    layout = CompilationLayout.objects.get()
    page = client.get(f"{address(survey)}?layout={layout.pk}").content.decode()
    assert (layout.division, layout.stored_order["format"]) == (survey.division, "csv")
    assert '<option value="cases" selected>' in page
    assert page.count(" checked") == 3
    events = AuditEvent.objects.filter(action="compilation_layout.saved")
    assert [event.detail for event in events] == [{"name": "毎年の設定"}] * 2


@pytest.mark.parametrize("layout", ["x", "999", "９", "1" * 30])
def test_a_layout_that_is_not_there_shows_everything(
    client: Client, survey: Survey, layout: str
) -> None:
    page = client.get(address(survey), {"layout": layout})

    assert page.content.decode().count(" checked") == 6


def test_a_wrong_choice_is_told_at_its_place(client: Client, survey: Survey) -> None:
    page = client.post(address(survey), CHOICE | {"sections": ["nowhere"], "name": "残る"})

    assert page.status_code == 422
    assert "節は、一覧にある中から選び直してください。" in page.content.decode()
    assert 'value="残る"' in page.content.decode()
    assert Compilation.objects.count() == 0


def test_a_layout_is_taken_away_by_its_own_division_alone(client: Client, survey: Survey) -> None:
    elsewhere = DivisionFactory.create()
    other = save_layout(elsewhere, by=person_at(elsewhere), name="他課", order=Order())
    mine = save_layout(survey.division, by=survey.created_by, name="自課", order=Order())
    gone = "/surveys/managed/{}/compilations/layouts/{}/deletion/"

    codes = [client.post(gone.format(survey.pk, each.pk)).status_code for each in (other, mine)]

    assert codes == [404, 302]
    assert list(CompilationLayout.objects.values_list("name", flat=True)) == ["他課"]


def _viewer(survey: Survey) -> User:
    return person_at(survey.division, Role.VIEWER)


def test_a_viewer_may_not_ask_and_a_draft_has_nothing(client: Client, survey: Survey) -> None:
    client.force_login(_viewer(survey))
    assert client.get(address(survey)).status_code == 403

    draft = draft_survey(OrganizationFactory.create())
    client.force_login(draft.created_by)
    assert client.get(address(draft))["Location"] == f"/surveys/managed/{draft.pk}/"


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_layouts(
    client: Client, survey: Survey, count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        save_layout(survey.division, by=survey.created_by, name=f"設定{number}", order=Order())
    client.get(address(survey))

    with django_assert_num_queries(QUERIES):  # type: ignore[operator]
        client.get(address(survey))


QUERIES = 9
