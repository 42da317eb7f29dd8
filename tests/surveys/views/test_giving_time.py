import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organization
from surveys.models import Survey
from surveys.views import giving_time
from tests.factories.accounts import OrganizationFactory, PrefectureFactory, person_at
from tests.factories.surveys import assignment_of, running_survey, submitted

pytestmark = pytest.mark.django_db
QUERIES = 10
SENT = {"until": "2026-12-25", "reason": "台風の被害のため。"}


def survey_of(*places: Organization) -> Survey:
    return running_survey(*(places or OrganizationFactory.create_batch(2)))


def page_of(survey: Survey) -> str:
    return f"/surveys/managed/{survey.pk}/extensions/new/"


def keys_of(survey: Survey) -> list[int]:
    return list(survey.assignments.order_by("organization__code").values_list("pk", flat=True))


def days_of(survey: Survey) -> list[str]:
    rows = survey.assignments.order_by("organization__code")
    return [str(row.extended_to or "") for row in rows]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    survey = survey_of(*OrganizationFactory.create_batch(count))
    client.force_login(survey.created_by)

    with django_assert_num_queries(QUERIES):
        page = client.get(page_of(survey))

    assert len(page.context["rows"]) == count


def test_a_prefecture_of_the_filter_is_shown_before_it_gets_time(client: Client) -> None:
    struck, other = PrefectureFactory.create_batch(2)
    towns = [OrganizationFactory.create(prefecture=place) for place in (struck, struck, other)]
    survey = survey_of(*towns)
    submitted(assignment_of(survey, towns[0]))
    person_at(towns[1])
    client.force_login(survey.created_by)

    shown = client.get(page_of(survey), {"prefecture": struck.prefecture_code})

    assert [row.organization for row in shown.context["rows"]] == [towns[1]]
    assert (shown.context["others"], shown.context["people"]) == (1, 1)
    assert "1団体の期限を延ばす" in shown.content.decode()


def test_more_than_a_table_holds_are_named_by_prefecture(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving_time, "MOST_IN_TABLE", 1)
    towns = [OrganizationFactory.create(prefecture_name=name) for name in ("甲県", "甲県", "乙県")]
    survey = survey_of(*towns)
    client.force_login(survey.created_by)

    page = client.get(page_of(survey))

    assert page.context["areas"] == [
        ("甲県", [towns[0].name, towns[1].name]),
        ("乙県", [towns[2].name]),
    ]
    assert page.context["keys"] == [str(key) for key in keys_of(survey)]
    assert f"{towns[0].name}、{towns[1].name}" in page.content.decode()


def test_the_ticked_get_the_day_and_the_page_of_extensions_tells_it(client: Client) -> None:
    survey = survey_of()
    keys = keys_of(survey)
    client.force_login(survey.created_by)

    page = client.post(page_of(survey), {"ticked": "1", "response": keys[:1]} | SENT, follow=True)

    assert days_of(survey) == ["2026-12-25", ""]
    assert "1団体の回答期限を令和８年12月25日（金）に延ばしました。" in page.content.decode()
    [given] = page.context["given"]
    assert (given["organizations"], given["reason"]) == (1, "台風の被害のため。")


def test_the_organization_reads_why(client: Client) -> None:
    survey = survey_of()
    keys = keys_of(survey)
    client.force_login(survey.created_by)
    client.post(page_of(survey), {"ticked": "1", "response": keys} | SENT)

    client.force_login(person_at(survey.assignments.get(pk=keys[0]).organization))
    page = client.get(f"/surveys/assignments/{keys[0]}/extension/").content.decode()

    assert "申請によらない延長" in page
    assert "台風の被害のため。" in page


def test_bad_input_is_told_and_what_was_typed_stays(client: Client) -> None:
    survey = survey_of()
    keys = keys_of(survey)
    client.force_login(survey.created_by)

    sent = {"ticked": "1", "response": keys, "until": "2026-11-01", "reason": "地震のため。"}
    page = client.post(page_of(survey), sent)

    assert page.status_code == 422
    assert page.context["form"].errors == {"until": ["新しい期限は、今日以後の日にしてください。"]}
    assert "地震のため。" in page.content.decode()
    assert page.content.decode().count('error-summary"') == 1
    assert [row.pk for row in page.context["rows"]] == keys
    assert days_of(survey) == ["", ""]


@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_ticked_is_not_everything(client: Client, method: str) -> None:
    survey = survey_of()
    client.force_login(survey.created_by)

    page = getattr(client, method)(page_of(survey), {"ticked": "1"} | SENT, follow=True)

    assert "期限を延ばす団体を選んでください。" in page.content.decode()
    assert days_of(survey) == ["", ""]


def test_the_list_offers_it_to_who_runs_the_survey(client: Client) -> None:
    prefecture = PrefectureFactory.create()
    survey = survey_of(OrganizationFactory.create(prefecture=prefecture))
    address = f"/surveys/managed/{survey.pk}/organizations/"
    offers = []

    for person in (survey.created_by, person_at(prefecture)):
        client.force_login(person)
        offers.append("選んだ団体の期限を延ばす" in client.get(address).content.decode())

    assert offers == [True, False]
