import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import Settings

from accounts.models import Division, Organization
from accounts.states import Role
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
