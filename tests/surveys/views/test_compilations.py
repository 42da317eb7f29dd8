import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import Division, Organization
from accounts.states import Role
from onepublic.core.wareki import wareki
from surveys.actions import request_compilation
from surveys.actions.compilations import remove_outdated
from surveys.models import Compilation
from surveys.states import CompilationState
from surveys.tasks import run_compilation
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import assignment_of, running_survey, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def compilation(client: Client) -> Compilation:
    """A waiting one, of a survey whose runner has signed in."""
    village = OrganizationFactory.create(name="第一村")
    survey = running_survey(village)
    submitted(assignment_of(survey, village))
    client.force_login(survey.created_by)
    return request_compilation(survey, by=survey.created_by)


def test_progress_is_what_is_really_done(client: Client, compilation: Compilation) -> None:
    Compilation.objects.update(state=CompilationState.RUNNING, rows_total=1788, rows_done=550)

    page = client.get(f"/surveys/managed/compilations/{compilation.pk}/").content.decode()

    assert '<progress class="progress-bar" id="rows" value="550" max="1788">' in page
    assert 'data-hx-trigger="every 2s"' in page


def test_a_script_gets_the_changing_part_alone(client: Client, compilation: Compilation) -> None:
    page = client.get(
        f"/surveys/managed/compilations/{compilation.pk}/", headers={"HX-Request": "true"}
    ).content.decode()

    assert page.strip().startswith('<div class="stack" id="progress"')
    assert "<h1>" not in page


@pytest.mark.django_db(transaction=True)
def test_the_workbook_is_handed_out_with_its_name(client: Client, compilation: Compilation) -> None:
    run_compilation(compilation_id=compilation.pk)

    page = client.get(f"/surveys/managed/compilations/{compilation.pk}/").content.decode()
    response = client.get(f"/surveys/managed/compilations/{compilation.pk}/file/")

    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    assert "hx-trigger" not in page
    assert book["回答一覧"]["C3"].value == "第一村"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def test_without_a_workbook_there_is_nothing_to_hand_out(
    client: Client, compilation: Compilation
) -> None:
    assert client.get(f"/surveys/managed/compilations/{compilation.pk}/file/").status_code == 404


def test_it_is_cancelled_once(client: Client, compilation: Compilation) -> None:
    address = f"/surveys/managed/compilations/{compilation.pk}/cancellation/"

    assert client.post(address)["Location"] == f"/surveys/managed/compilations/{compilation.pk}/"
    assert client.post(address).status_code == 409
    compilation.refresh_from_db()
    assert compilation.state == CompilationState.CANCELLED


def test_others_find_nothing_and_a_viewer_may_not_cancel(
    client: Client, compilation: Compilation
) -> None:
    village = compilation.survey.assignments.get().organization
    above = Organization.objects.get(municipalities=village)
    outsiders: list[Division | Organization] = [DivisionFactory.create(), village, above]
    pages = []
    for place in outsiders:
        client.force_login(person_at(place))
        pages.append(client.get(f"/surveys/managed/compilations/{compilation.pk}/").status_code)
        pages.append(
            client.get(f"/surveys/managed/compilations/{compilation.pk}/file/").status_code
        )
        pages.append(
            client.post(f"/surveys/managed/compilations/{compilation.pk}/cancellation/").status_code
        )

    assert pages == [404] * 9
    client.force_login(person_at(compilation.survey.division, Role.VIEWER))
    assert client.get(f"/surveys/managed/compilations/{compilation.pk}/").status_code == 200
    address = f"/surveys/managed/compilations/{compilation.pk}/cancellation/"
    assert client.post(address).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_it_is_kept_for_a_set_time_and_says_so_afterwards(
    client: Client, compilation: Compilation, settings: Settings
) -> None:
    run_compilation(compilation_id=compilation.pk)
    settings.COMPILATION_DAYS = 7
    address = f"/surveys/managed/compilations/{compilation.pk}/"
    for days, removed in ((6, 0), (8, 1), (8, 0)):
        Compilation.objects.update(finished_at=timezone.now() - timedelta(days=days))
        assert remove_outdated() == removed

    page = client.get(address).content.decode()
    gone = client.get(f"{address}file/")
    compilation.refresh_from_db()
    assert gone.status_code == 410
    assert "保存期間（7日）が過ぎたため、削除しました。" in gone.content.decode()
    assert "保存期間が過ぎたため、集計表を削除しました" in page
    assert (compilation.file, len(compilation.sha256)) == (None, 64)
    assert compilation.sha256 in page
    client.force_login(person_at(DivisionFactory.create()))
    assert client.get(f"{address}file/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_who_leaves_the_division_downloads_nothing_more(
    client: Client, compilation: Compilation
) -> None:
    run_compilation(compilation_id=compilation.pk)
    address = f"/surveys/managed/compilations/{compilation.pk}/file/"
    first = client.get(address)
    first.close()

    compilation.requested_by.memberships.all().delete()

    assert (first.status_code, client.get(address).status_code) == (200, 404)


def test_the_ministry_compiles_what_its_division_runs(client: Client) -> None:
    survey = running_survey(OrganizationFactory.create())
    client.force_login(survey.created_by)

    response = client.post(f"/surveys/managed/{survey.pk}/compilations/")

    compilation = Compilation.objects.get()
    assert response["Location"] == f"/surveys/managed/compilations/{compilation.pk}/"
    assert compilation.requested_by == survey.created_by


def test_others_may_not_compile(client: Client) -> None:
    village = OrganizationFactory.create()
    survey = running_survey(village)
    followers = [
        person_at(DivisionFactory.create()),
        person_at(Organization.objects.get(municipalities=village)),
        person_at(survey.division, Role.VIEWER),
    ]

    statuses = []
    for person in followers:
        client.force_login(person)
        statuses.append(client.post(f"/surveys/managed/{survey.pk}/compilations/").status_code)

    assert statuses == [403, 403, 403]
    assert Compilation.objects.count() == 0


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client: Client, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    survey = running_survey(OrganizationFactory.create())
    for _ in range(size):
        Compilation.objects.create(survey=survey, requested_by=survey.created_by)
    client.force_login(survey.created_by)

    with django_assert_num_queries(7):
        page = client.get(f"/surveys/managed/{survey.pk}/compilations/")

    assert [row.pk for row, _ in page.context["rows"]] == list(
        survey.compilations.order_by("-pk").values_list("pk", flat=True)
    )


@pytest.mark.django_db(transaction=True)
def test_the_list_shows_how_far_each_is_and_where_its_file_is(
    client: Client, compilation: Compilation
) -> None:
    run_compilation(compilation_id=compilation.pk)
    survey, by = compilation.survey, compilation.requested_by
    running = Compilation.objects.create(
        survey=survey, requested_by=by, state="running", rows_total=1788, rows_done=550
    )
    Compilation.objects.create(survey=survey, requested_by=by, state="failed")

    page = client.get(f"/surveys/managed/{survey.pk}/compilations/").content.decode()

    found = re.findall(r"<td[^>]*><span>\s*(失敗|集計中|完了)", page)
    assert found == ["失敗", "集計中", "完了"]
    assert '<progress value="550" max="1788" aria-label="進み具合"></progress>' in page
    assert page.count("ダウンロード</a>") == 1
    assert f'action="/surveys/managed/compilations/{running.pk}/cancellation/"' in page
    assert 'data-hx-trigger="every 5s"' in page
    kept_until = Compilation.objects.get(pk=compilation.pk).kept_until
    assert kept_until is not None
    assert wareki(timezone.localtime(kept_until).date()) in page


def test_a_script_gets_the_list_alone(client: Client, compilation: Compilation) -> None:
    address = f"/surveys/managed/{compilation.survey_id}/compilations/"

    page = client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert page.strip().startswith('<div class="stack" id="made"')
    assert "<h1>" not in page


def test_a_viewer_reads_the_list_and_starts_nothing(
    client: Client, compilation: Compilation
) -> None:
    client.force_login(person_at(compilation.survey.division, Role.VIEWER))

    page = client.get(f"/surveys/managed/{compilation.survey_id}/compilations/").content.decode()

    assert "集計表を作成する" not in page
    assert "作成を取り消す" not in page
    assert f"/surveys/managed/compilations/{compilation.pk}/" in page


def test_before_the_first_there_is_a_word_of_it(client: Client, compilation: Compilation) -> None:
    Compilation.objects.all().delete()

    page = client.get(f"/surveys/managed/{compilation.survey_id}/compilations/").content.decode()

    assert "まだ集計表はありません" in page
    assert "hx-trigger" not in page


def test_a_failed_one_says_what_to_do(client: Client, compilation: Compilation) -> None:
    Compilation.objects.update(state=CompilationState.FAILED)

    page = client.get(f"/surveys/managed/compilations/{compilation.pk}/").content.decode()

    assert "集計表を作成できませんでした" in page
    assert "もう一度作成してください" in page
    assert f'href="/surveys/managed/{compilation.survey_id}/compilations/new/"' in page
