import csv
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.actions.load_organizations import load_organizations
from accounts.models import Division, Organization
from accounts.states import Level
from onepublic.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
MASTER = settings.BASE_DIR / "accounts" / "data"
Edit = Callable[[list[dict[str, str]]], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MASTER, tmp_path / "master"))


def change(folder: Path, name: str, edit: Edit) -> None:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    edit(rows)
    columns = list(dict.fromkeys(key for row in rows for key in row))
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def set_value(line: int, column: str, value: str) -> Edit:
    def edit(rows: list[dict[str, str]]) -> None:
        rows[line - 2][column] = value

    return edit


def test_the_shipped_master_holds_every_local_government() -> None:
    load_organizations(MASTER)

    counts = {level: Organization.objects.filter(level=level).count() for level in Level}
    assert counts == {
        Level.MINISTRY: 1,
        Level.REGIONAL_BUREAU: 8,
        Level.PREFECTURE: 47,
        Level.MUNICIPALITY: 1741,
    }
    assert Division.objects.filter(is_window=True).count() == 1797
    assert Organization.objects.get(code="011002").full_name == "北海道札幌市"
    assert Organization.objects.filter(divisions__isnull=True).count() == 0


def test_loading_again_changes_nothing() -> None:
    load_organizations(MASTER)
    events = AuditEvent.objects.count()

    plan = load_organizations(MASTER)

    assert not plan
    assert AuditEvent.objects.count() == events == 1


def test_a_dry_run_shows_the_change_and_makes_none(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load_organizations(MASTER)
    change(folder, "local_governments.csv", set_value(3, "name", "新札幌市"))

    call_command("load_organizations", folder=folder, dry_run=True)

    assert "変更 011002 新札幌市 name: 札幌市 → 新札幌市" in capsys.readouterr().out
    assert Organization.objects.get(code="011002").name == "札幌市"


def test_a_merger_keeps_the_row_its_period_and_its_successor(folder: Path) -> None:
    load_organizations(MASTER)

    def merge(rows: list[dict[str, str]]) -> None:
        rows[2] |= {"valid_to": "2027-03-31", "successor_code": "011002"}

    change(folder, "local_governments.csv", merge)
    load_organizations(folder)

    merged = Organization.objects.select_related("successor").get(code="012025")
    assert merged.valid_to == date(2027, 3, 31)
    assert merged.successor is not None
    assert merged.successor.code == "011002"
    assert not Organization.objects.in_force(date(2027, 4, 1)).filter(pk=merged.pk).exists()


def test_a_row_that_the_file_lacks_is_kept(folder: Path) -> None:
    load_organizations(MASTER)
    change(folder, "local_governments.csv", lambda rows: rows.pop())

    plan = load_organizations(folder)

    assert plan.organizations.lacking == ["473821"]
    assert Organization.objects.filter(code="473821").exists()


@pytest.mark.parametrize(
    ("name", "edit", "message"),
    [
        (
            "local_governments.csv",
            set_value(3, "code", "011003"),
            "local_governments.csv 3行目 code列: 検査数字が違います（011003、正しくは011002）",
        ),
        (
            "local_governments.csv",
            set_value(4, "code", "011002"),
            "local_governments.csv 4行目 code列: 3行目と重複しています（011002）",
        ),
        (
            "local_governments.csv",
            set_value(3, "regional_bureau", "atlantis"),
            "local_governments.csv 3行目 regional_bureau列: 知らない地方厚生局です",
        ),
        (
            "local_governments.csv",
            lambda rows: rows.pop(0),
            "local_governments.csv 2行目 prefecture_code列: この都道府県の行がありません",
        ),
        (
            "regional_bureaus.csv",
            set_value(2, "parent_key", "nowhere"),
            "regional_bureaus.csv 2行目 parent_key列: 上位の地方厚生局がありません",
        ),
        (
            "ministry_divisions.csv",
            set_value(2, "parent_code", "nowhere"),
            "ministry_divisions.csv 2行目 parent_code列: 上位の課がありません",
        ),
        (
            "ministry_divisions.csv",
            set_value(2, "valid_to", "2026/3/31"),
            "ministry_divisions.csv 2行目 valid_to列: 日付ではありません（2026/3/31）",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_line_and_column(
    folder: Path, name: str, edit: Edit, message: str
) -> None:
    change(folder, name, edit)

    with pytest.raises(CommandError) as refused:
        call_command("load_organizations", folder=folder)

    assert message in str(refused.value).splitlines()
    assert Organization.objects.count() == 0


def test_a_missing_column_is_named(folder: Path) -> None:
    change(folder, "local_governments.csv", lambda rows: [row.pop("kana") for row in rows])

    with pytest.raises(CommandError, match=r"local_governments\.csv 1行目 kana列: 列がありません"):
        call_command("load_organizations", folder=folder)
