"""Compilations of some rows and columns, and in every form."""

import csv
import io
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.states import Kind
from onepublic.mail.models import OutboxMessage
from onepublic.mail.tasks import deliver_due
from surveys.actions import declare_not_applicable, pull_back, request_compilation
from surveys.actions.files import attach_file
from surveys.compilation import leases
from surveys.compilation.orders import Order
from surveys.models import Assignment, Compilation, Survey
from surveys.states import CompilationFormat, CompilationPart
from surveys.tasks import run_due_compilations
from tests.factories.accounts import OrganizationFactory, PrefectureFactory, person_at
from tests.factories.surveys import answer, assignment_of, running_survey, submitted
from tests.surveys.compilation.made import book_of, compiled, rows_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def survey() -> Survey:
    """A village of each of two prefectures has answered, a city of the second has not."""
    north, south = (PrefectureFactory.create(code=f"0{n}0006", name=f"第{n}県") for n in (1, 2))
    first = OrganizationFactory.create(code="011010", name="北村", prefecture=north)
    second = OrganizationFactory.create(code="021010", name="=南村", prefecture=south)
    city = OrganizationFactory.create(code="021020", name="市", prefecture=south, kind=Kind.CITY)
    survey = running_survey(first, second, city)
    submitted(assignment_of(survey, first), staff="3", form="9", form__9="=1+1")
    submitted(assignment_of(survey, second), staff="5")
    answer(assignment_of(survey, city), person_at(city), staff="7")
    return survey


def names(compilation: Compilation) -> list[str]:
    return [row["#name"] for row in rows_of(compilation, "回答一覧")]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"prefectures": ("02",)}, ["=南村", "市"]),
        ({"kinds": ("city",)}, ["市"]),
        ({"states": ("submitted",)}, ["北村", "=南村"]),
        ({"prefectures": ("02",), "states": ("submitted",)}, ["=南村"]),
        ({}, ["北村", "=南村", "市"]),
    ],
)
def test_an_order_chooses_rows_on_every_sheet(
    survey: Survey, chosen: dict[str, Any], found: list[str]
) -> None:
    compilation = compiled(survey, order=Order(**chosen))

    overview = {row[0].value: row[1].value for row in book_of(compilation)["概要"]}
    assert names(compilation) == found
    assert overview["依頼した団体"] == len(found)
    assert [row["#name"] for row in rows_of(compilation, "未回答")] == [
        name for name in found if name == "市"
    ]


def test_an_order_chooses_columns_and_sheets(survey: Survey) -> None:
    order = Order(parts=(CompilationPart.SUMMARY,), questions=("cases", "staff"))

    book = book_of(compiled(survey, order=order))

    ids = [cell.value for cell in book["回答一覧"][1]][7:]
    assert ids == ["staff", *(f"cases.{row}.{column}" for row in ("new", "old") for column in "mf")]
    assert book.sheetnames == ["概要", "回答一覧", "集計", "集計グラフ", "設問定義"]


def read(compilation: Compilation) -> bytes:
    assert compilation.file is not None
    with compilation.file.open() as stream:
        return bytes(stream.read())


@pytest.mark.parametrize("form", [CompilationFormat.CSV, CompilationFormat.CSV_BOM])
def test_csv_is_utf8_and_calculates_nothing(survey: Survey, form: str) -> None:
    compilation = compiled(survey, order=Order(format=form))

    archive = ZipFile(io.BytesIO(read(compilation)))
    written = archive.read("回答一覧.csv").decode()
    lines = list(csv.reader(io.StringIO(written.removeprefix("\ufeff"))))
    with_bom = form == CompilationFormat.CSV_BOM
    assert written.startswith("\ufeff") is with_bom
    assert [line[0] for line in lines] == [
        "#code",
        *(["団体コード"] if with_bom else []),
        "011010",
        "021010",
        "021020",
    ]
    rows = [dict(zip(lines[0], line, strict=True)) for line in lines[-3:]]
    assert [row["#name"] for row in rows] == ["北村", "'=南村", "市"]
    assert (rows[0]["form.9"], rows[0]["staff"], rows[0]["name"]) == ("'=1+1", "3", "対象外")
    assert {"概要.csv", "縦持ち.csv", "集計.csv", "設問定義.csv"} < set(archive.namelist())


def test_json_lines_keep_values_as_stored(survey: Survey) -> None:
    compilation = compiled(survey, order=Order(format=CompilationFormat.JSONL))

    first, _, third = [json.loads(line) for line in read(compilation).splitlines()]
    assert (first["code"], first["name"], first["state"]) == ("011010", "北村", "submitted")
    assert first["answers"]["staff"] == 3
    assert first["answers"]["form.9"] == "=1+1"
    assert first["answers"]["name"] == {"not_applicable": True}
    assert first["answers"]["since"] is None
    assert third["answers"] is None


def test_a_zip_brings_the_attachments_by_code_and_organization(survey: Survey) -> None:
    asked = Assignment.objects.with_survey().get(organization__code="021020")
    officer = person_at(asked.organization)
    cells = {f"cases__{row}__{column}": "9" for row in ("new", "old") for column in "mf"}
    values = {"desk": "true", "name": "窓口", **cells}
    answer(asked, officer, **values)
    for content in (b"one", b"two"):
        uploaded = SimpleUploadedFile("計画.txt", content)
        attach_file(asked, by=officer, field_key="plan", uploaded=uploaded)
    submitted(asked, officer, staff="7", **values)

    archive = ZipFile(io.BytesIO(read(compiled(survey, order=Order(format="zip")))))

    folder = "添付ファイル/021020_市/plan_"
    assert archive.namelist() == ["集計表.xlsx", f"{folder}計画.txt", f"{folder}2_計画.txt"]
    assert [archive.read(name) for name in archive.namelist()[1:]] == [b"one", b"two"]
    pull_back(asked, by=officer)
    declare_not_applicable(asked, by=officer, reason="事業を廃止したため。")
    left = ZipFile(io.BytesIO(read(compiled(survey, order=Order(format="zip")))))
    assert left.namelist() == ["集計表.xlsx"]


def test_who_asked_gets_a_mail_with_the_page_and_no_file(survey: Survey) -> None:
    compilation = compiled(survey)

    deliver_due()

    (letter,) = [each for each in mail.outbox if "集計表" in each.subject]
    assert letter.to == [survey.created_by.email]
    assert f"/surveys/managed/compilations/{compilation.pk}/" in letter.body
    assert letter.attachments == []
    assert OutboxMessage.objects.filter(kind="compilation_done").count() == 1


def test_who_asked_is_told_by_mail_when_it_fails(survey: Survey, files_root: Path) -> None:
    compilation = request_compilation(survey, by=survey.created_by)
    files_root.write_text("no folder, so that nothing can be stored")

    for _ in range(leases.MOST_ATTEMPTS + 1):
        run_due_compilations()
    deliver_due()

    (letter,) = [each for each in mail.outbox if "集計表" in each.subject]
    assert letter.to == [survey.created_by.email]
    assert letter.subject == "［OnePublic］【集計表を作成できませんでした】" + survey.title
    assert f"/surveys/managed/compilations/{compilation.pk}/" in letter.body
    assert "もう一度作成してください。" in letter.body


def test_the_record_says_which_revision_and_hash(survey: Survey) -> None:
    compilation = compiled(survey)

    assert compilation.revision == survey.revisions.get()
    assert compilation.file is not None
    assert compilation.sha256 == compilation.file.sha256
    assert Order.from_json(compilation.stored_order) == Order()
