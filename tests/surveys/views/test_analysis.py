import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from accounts.states import Kind, Role
from surveys.actions import accept_responses
from surveys.analysis.splitting import ATTRIBUTES
from surveys.models import Survey
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import assignment_of, running_survey, submitted

pytestmark = pytest.mark.django_db
_CHOOSE_AGAIN = "は、一覧にある中から選び直してください。"


def surveyed(*answers: dict[str, Any], owing: int = 0) -> Survey:
    """As many organizations answered, villages and cities in turn; some more owe."""
    kinds = [Kind.CITY, Kind.VILLAGE]
    places = [
        OrganizationFactory.create(kind=kinds[number % 2]) for number in range(len(answers) + owing)
    ]
    survey = running_survey(*places)
    for place, given_answers in zip(places, answers, strict=False):
        submitted(assignment_of(survey, place), **given_answers)
    return survey


def shown(client: Client, survey: Survey, **query: str) -> Any:
    client.force_login(survey.created_by)
    return client.get(f"/surveys/managed/{survey.pk}/analysis/", query)


def lines_of(page: Any) -> list[tuple[str, list[str]]]:
    return [*page.context["lines"], *page.context["totals"]]


def test_a_choice_is_counted_by_kind(client: Client) -> None:
    survey = surveyed({"form": "1"}, {"form": "1"}, {"form": "9", "form__9": "団体"}, {}, owing=1)

    page = shown(client, survey, question="form", by="kind")

    assert page.status_code == 200
    assert page.context["heads"] == [
        *("提出", "回答", "空欄", "該当なし", "対象外"),
        *("直営", "その他"),
    ]
    assert lines_of(page) == [
        ("市", ["2", "2", "0", "0", "0", "1（50.0%）", "1（50.0%）"]),
        ("村", ["2", "1", "1", "0", "0", "1（100.0%）", "0（0.0%）"]),
        ("全体", ["4", "3", "1", "0", "0", "2（66.7%）", "1（33.3%）"]),
    ]


def test_numbers_are_split_by_another_question(client: Client) -> None:
    survey = surveyed({"staff": "4", "form": "1"}, {"staff": "7", "form": "1"}, {"staff": "2"})

    page = shown(client, survey, question="staff", by="q:form", chart="mean")

    assert lines_of(page) == [
        ("直営", ["2", "2", "0", "0", "0", "11", "5.5", "4", "4.75", "5.5", "6.25", "7"]),
        ("（空欄）", ["1", "1", "0", "0", "0", *["2"] * 7]),
        ("全体", ["3", "3", "0", "0", "0", "13", "4.33", "2", "3", "4", "5.5", "7"]),
    ]
    assert page.context["drawing"].title == "回答の区分ごとの平均"


def test_a_choice_alone_has_a_line_for_each_option(client: Client) -> None:
    survey = surveyed({"ways": ["1", "2"]}, {"ways": ["1"]}, {})

    page = shown(client, survey, question="ways")

    assert lines_of(page) == [
        ("電話", ["2", "100.0%"]),
        ("面談", ["1", "50.0%"]),
        ("特になし", ["0", "0.0%"]),
        ("回答した団体", ["2", "－"]),
        ("空欄", ["1", "－"]),
        ("該当なし", ["0", "－"]),
        ("対象外", ["0", "－"]),
        ("提出した団体", ["3", "－"]),
    ]


def test_a_text_is_counted_as_answered_and_leads_to_the_workbook(client: Client) -> None:
    survey = surveyed({}, {})

    page = shown(client, survey, question="name", by="kind")

    assert lines_of(page)[-1] == ("全体", ["2", "0", "0", "0", "2"])
    assert "この設問に回答した団体はありません。" in page.content.decode()
    assert f'<a href="/surveys/managed/{survey.pk}/compilations/">集計表</a>の「自由記述」' in (
        page.content.decode()
    )


def test_what_is_accepted_can_be_counted_alone(client: Client) -> None:
    survey = surveyed({"staff": "4"}, {"staff": "8"})
    first = survey.assignments.order_by("organization__code")[0]
    approver = person_at(survey.division, Role.APPROVER)
    accept_responses(survey, [first.pk], by=approver)

    page = shown(client, survey, question="staff", counted="accepted")

    assert lines_of(page)[0][1][:6] == ["1", "1", "0", "0", "0", "4"]


def test_before_anybody_answered_the_page_says_so(client: Client) -> None:
    survey = surveyed(owing=1)

    chosen = shown(client, survey, question="staff", by="kind").content.decode()
    unchosen = shown(client, survey).content.decode()

    assert ("数える回答がまだありません" in chosen, "設問が選ばれていません" in unchosen) == (
        True,
        True,
    )


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ({"question": "none"}, {"question": [f"設問・項目{_CHOOSE_AGAIN}"]}),
        ({"question": ""}, {"question": ["設問・項目を選んでください。"]}),
        ({"question": "staff", "by": "q:name"}, {"by": [f"分け方{_CHOOSE_AGAIN}"]}),
        (
            {"question": "staff", "by": "q:staff"},
            {"by": ["分け方は、選んだ設問とは別の設問を選んでください。"]},
        ),
        ({"question": "staff", "counted": "all"}, {"counted": [f"対象{_CHOOSE_AGAIN}"]}),
    ],
)
def test_what_cannot_be_chosen_is_said_at_its_place(
    client: Client, query: dict[str, str], errors: dict[str, list[str]]
) -> None:
    survey = surveyed({})

    page = shown(client, survey, **query)
    file = client.get(f"/surveys/managed/{survey.pk}/analysis/table.csv", query)

    assert (page.status_code, page.context["form"].errors) == (422, errors)
    assert file.status_code == 302
    assert client.get(file["Location"]).context["form"].errors == errors


def test_a_chart_that_cannot_be_is_said_beside_the_usual_one(client: Client) -> None:
    survey = surveyed({}, {})

    page = shown(client, survey, question="staff", by="kind", chart="most")

    assert page.context["chart_form"].errors == {"chart": [f"図に表すもの{_CHOOSE_AGAIN}"]}
    assert page.context["drawing"].title == "団体の種別ごとの中央値"


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize("by", ["", "prefecture", "q:form"])
def test_the_page_costs_the_same_for_one_and_for_three(
    client: Client, size: int, by: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    survey = surveyed(*[{"form": "1"}] * size)
    client.force_login(survey.created_by)

    with django_assert_num_queries(8):
        shown_again = client.get(
            f"/surveys/managed/{survey.pk}/analysis/", {"question": "staff", "by": by}
        )

    assert shown_again.context["found"].whole.handed_in == size


def test_the_table_comes_as_a_file_with_numbers(client: Client) -> None:
    survey = surveyed({"form": "1"}, {})
    client.force_login(survey.created_by)
    address = f"/surveys/managed/{survey.pk}/analysis/table"
    query = {"question": "form", "by": "kind"}

    text = client.get(f"{address}.csv", query).getvalue().decode("utf-8-sig")
    book = load_workbook(BytesIO(client.get(f"{address}.xlsx", query).getvalue()))

    own = [["市", 1, 1, 0, 0, 0, 1, 1, 0, 0], ["村", 1, 0, 1, 0, 0, 0, None, 0, None]]
    everybody = ["全体", 2, 1, 1, 0, 0, 1, 1, 0, 0]
    assert [list(row) for row in book["分析"].values][1:] == [*own, everybody]
    head, first, *_ = csv.reader(StringIO(text, newline=""))
    assert head[:7] == ["団体の種別", "提出", "回答", "空欄", "該当なし", "対象外", "直営"]
    assert first == ["市", "1", "1", "0", "0", "0", "1", "1.0", "0", "0.0"]
    entries = {row[0]: row[1] for row in book["概要"].values if row[0]}
    assert (entries["設問・項目"], entries["分け方"]) == ("運営の形", "団体の種別")


def test_others_get_nothing(client: Client) -> None:
    survey = surveyed({})
    colleague = person_at(DivisionFactory.create(organization=survey.division.organization))
    client.force_login(colleague)

    for path in ("", "table.csv"):
        answer = client.get(f"/surveys/managed/{survey.pk}/analysis/{path}", {"question": "staff"})
        assert answer.status_code == 403
    client.force_login(survey.created_by)
    assert client.get(f"/surveys/managed/{survey.pk}/analysis/table.pdf").status_code == 404


WORDS = st.sampled_from(
    [
        *("", "staff", "form", "ways", "desk", "note", "cases.new.m", "form.9"),
        *("q:form", "q:staff", "q:ways", "q:", *ATTRIBUTES),
        *("all", "1", "0", "-1", "99", "mean", "accepted"),
    ]
) | st.text(max_size=12)


@settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys(("question", "by", "counted", "chart"), WORDS))
)
def test_no_address_is_an_error_of_ours(
    client: Client, answered_survey: Survey, query: dict[str, str]
) -> None:
    page = shown(client, answered_survey, **query)
    file = client.get(f"/surveys/managed/{answered_survey.pk}/analysis/table.xlsx", query)
    file.getvalue()  # reads it to its end, which closes it

    is_right = not page.context["form"].errors and page.context["form"].is_bound
    assert page.status_code == (422 if page.context["form"].errors else 200)
    assert file.status_code == (200 if is_right else 302)


@pytest.fixture
def answered_survey() -> Survey:
    return surveyed({"form": "1", "ways": ["1", "2"]}, {"staff": "5"})
