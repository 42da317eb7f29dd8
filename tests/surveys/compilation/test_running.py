from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from onepublic.audit.models import AuditEvent
from onepublic.files.models import StoredFile
from surveys.actions import cancel_compilation, request_compilation
from surveys.compilation import leases
from surveys.models import Compilation, Survey
from surveys.states import CompilationState
from surveys.tasks import run_compilation, run_due_compilations
from tests.factories.accounts import OrganizationFactory, PrefectureFactory, person_at
from tests.factories.surveys import answer, assignment_of, running_survey, submitted
from tests.surveys.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)

KEYS = ("#code", "#prefecture", "#name", "#kind", "#state", "#received", "#receipt")
EVERYTHING: dict[str, Any] = {
    "desk": "true",
    "name": "=窓口",
    "form": "9",
    "form__9": "委託",
    "ways": ["1", "2"],
    "since": "R8.4.1",
    "cases__new__m": "10",
    "cases__new__f": "0",
    "cases__old__m": "2",
    "cases__old__f": "3",
    "note": "二行の\n備考",
}


@pytest.fixture
def survey() -> Survey:
    """Three villages: one has answered all there is, one the least, one is still typing."""
    area = PrefectureFactory.create(code="010006", name="北県")
    villages = [
        OrganizationFactory.create(code=f"0110{n}0", name=f"第{n}村", prefecture=area)
        for n in range(3)
    ]
    survey = running_survey(*villages)
    submitted(assignment_of(survey, villages[0]), **EVERYTHING)
    submitted(assignment_of(survey, villages[1]), staff="5")
    answer(assignment_of(survey, villages[2]), person_at(villages[2]), staff="7")
    return survey


def sheets_of(compilation: Compilation) -> dict[str, list[tuple[Any, ...]]]:
    compilation.refresh_from_db()
    assert compilation.file is not None
    with compilation.file.open() as stream:
        book = load_workbook(stream)
        return {sheet.title: list(sheet.values) for sheet in book}


def test_the_workbook_says_what_was_answered(survey: Survey) -> None:
    compilation = request_compilation(survey, by=survey.created_by)

    run_compilation(compilation_id=compilation.pk)

    sheets = sheets_of(compilation)
    assert list(sheets) == [
        *("概要", "回答一覧", "縦持ち", "集計", "集計グラフ"),
        *("自由記述", "未回答", "設問定義", "提出・訂正の履歴"),
    ]
    ids, labels, *rows = sheets["回答一覧"]
    assert ids[:7] == KEYS
    assert labels[7] == "職員数（人）"
    cells = [dict(zip(ids, row, strict=True)) for row in rows]
    numbers = [tuple(cell[key] for key in KEYS[:5]) for cell in cells]
    assert numbers == [
        ("011000", "北県", "第0村", "村", "提出済み"),
        ("011010", "北県", "第1村", "村", "提出済み"),
        ("011020", "北県", "第2村", "村", "回答中"),
    ]
    day = timezone.datetime(2026, 4, 1)  # type: ignore[attr-defined]
    assert tuple(cells[0].values())[7:] == (
        *(3, "はい", "=窓口", "その他", "委託", "電話；面談", day),
        *(10, 0, 2, 3, "二行の\n備考", None),
    )
    outside = "対象外"
    assert tuple(cells[1].values())[7:] == (
        *(5, "いいえ", outside, None, outside, None, None),
        *(outside, outside, outside, outside, outside, outside),
    )
    assert tuple(cells[2].values())[5:] == (None,) * 15


def test_the_workbook_tells_its_moment_who_owes_and_what_columns_mean(survey: Survey) -> None:
    compilation = request_compilation(survey, by=survey.created_by)

    run_compilation(compilation_id=compilation.pk)

    sheets = sheets_of(compilation)
    overview = {row[0]: row[1] for row in sheets["概要"] if row[0]}
    taken_at = timezone.localtime(compilation.snapshot_at).replace(microsecond=0, tzinfo=None)
    assert abs(overview["集計の時点"] - taken_at) <= timedelta(seconds=1)
    counts = [overview[name] for name in ("依頼した団体", "提出済み", "回答中", "未着手")]
    assert counts == [3, 2, 1, 0]
    assert [row[2] for row in sheets["未回答"][2:]] == ["第2村"]
    assert [row[0] for row in sheets["設問定義"][1:]] == list(sheets["回答一覧"][0][7:])
    assert sheets["設問定義"][3][:3] == ("name", "体制", "窓口の名称")
    assert sheets["設問定義"][3][7] == "「窓口の有無」が「はい」のとき"


def test_it_ends_done_with_honest_figures_and_an_event(survey: Survey) -> None:
    compilation = request_compilation(survey, by=survey.created_by)

    run_compilation(compilation_id=compilation.pk)

    compilation.refresh_from_db()
    assert (compilation.state, compilation.lease_until) == (CompilationState.DONE, None)
    assert (compilation.rows_done, compilation.rows_total) == (12, 12)
    assert AuditEvent.objects.get(action="compilation.finished").detail == {"rows": 3}
    assert AuditEvent.objects.get(action="compilation.started").detail == {"attempt": 1}


def test_a_hint_that_comes_twice_makes_one_workbook(survey: Survey) -> None:
    compilation = request_compilation(survey, by=survey.created_by)

    at_once(
        [lambda: run_compilation(compilation_id=compilation.pk)] * 2,
        before='UPDATE "surveys_compilation"',
    )

    compilation.refresh_from_db()
    assert (compilation.state, compilation.attempts) == (CompilationState.DONE, 1)
    assert StoredFile.objects.count() == 1


def test_what_a_dead_worker_left_is_made_once(survey: Survey, files_root: Path) -> None:
    compilation = request_compilation(survey, by=survey.created_by)
    dead = leases.claim(compilation.pk)
    assert dead is not None
    leases.renew(dead, rows_done=1)

    run_due_compilations()
    compilation.refresh_from_db()
    assert compilation.state == CompilationState.RUNNING  # its lease still holds

    Compilation.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    run_due_compilations()

    compilation.refresh_from_db()
    assert (compilation.state, compilation.attempts) == (CompilationState.DONE, 2)
    assert sum(path.is_file() for path in files_root.rglob("*")) == 1
    with pytest.raises(leases.LeaseLost):
        leases.renew(dead, rows_done=2)


def test_a_lost_hint_is_made_up_for(survey: Survey) -> None:
    compilation = request_compilation(survey, by=survey.created_by)

    run_due_compilations()

    compilation.refresh_from_db()
    assert compilation.state == CompilationState.DONE


def test_a_cancelled_one_is_not_made(survey: Survey) -> None:
    compilation = request_compilation(survey, by=survey.created_by)
    held = leases.claim(compilation.pk)
    assert held is not None

    cancel_compilation(compilation, by=survey.created_by)

    with pytest.raises(leases.LeaseLost):
        leases.renew(held, rows_done=1)
    run_due_compilations()
    compilation.refresh_from_db()
    assert compilation.state == CompilationState.CANCELLED
    assert StoredFile.objects.count() == 0


def test_what_never_works_fails_in_the_end(survey: Survey, files_root: Path) -> None:
    compilation = request_compilation(survey, by=survey.created_by)
    files_root.write_text("no folder, so that nothing can be stored")

    for _ in range(leases.MOST_ATTEMPTS + 1):
        run_due_compilations()

    compilation.refresh_from_db()
    assert (compilation.state, compilation.attempts) == (
        CompilationState.FAILED,
        leases.MOST_ATTEMPTS,
    )
    assert compilation.finished_at is not None
    event = AuditEvent.objects.get(action="compilation.failed")
    assert (event.target_id, event.detail) == (compilation.pk, {"attempts": leases.MOST_ATTEMPTS})
