"""One's own workbook comes back filled."""

import io
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName

from surveys.models import Compilation, CompilationLayout, Survey
from surveys.tasks import run_compilation
from tests.factories.accounts import OrganizationFactory, PrefectureFactory, person_at
from tests.factories.surveys import answer, assignment_of, running_survey, submitted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def survey(client: Client) -> Survey:
    """Two villages have answered, one with what looks like a formula; a third is typing."""
    area = PrefectureFactory.create(code="010006", name="北県")
    villages = [
        OrganizationFactory.create(code=f"0110{n}0", name=f"第{n}村", prefecture=area)
        for n in range(3)
    ]
    survey = running_survey(*villages)
    submitted(assignment_of(survey, villages[0]), staff="3", form="9", form__9="=1+1")
    submitted(assignment_of(survey, villages[1]), staff="5")
    answer(assignment_of(survey, villages[2]), person_at(villages[2]), staff="7")
    client.force_login(survey.created_by)
    return survey


def table() -> Workbook:
    """A title, then ids in an order of one's own, and a look for the rows below."""
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = "部内資料"
    for place, key in (("B3", "staff"), ("C3", "#name"), ("E3", "form.9"), ("F3", "name")):
        sheet[place] = key
    sheet["B4"].font = Font(bold=True)
    return book


def form() -> Workbook:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "個票"
    sheet["A1"] = "職員数"
    for name, place in (("staff", "$B$1"), ("_name", "$B$2"), ("other", "$B$3")):
        book.defined_names[name] = DefinedName(name, attr_text=f"'個票'!{place}")
    return book


def sent(client: Client, survey: Survey, book: Workbook, **values: str) -> Compilation:
    stream = io.BytesIO()
    book.save(stream)
    uploaded = SimpleUploadedFile("様式.xlsx", stream.getvalue())
    address = f"/surveys/managed/{survey.pk}/compilations/new/"
    client.post(address, {"format": "xlsx", "template": uploaded, **values})
    return made(Compilation.objects.latest("pk"))


def made(compilation: Compilation) -> Compilation:
    run_compilation(compilation_id=compilation.pk)
    return Compilation.objects.select_related("file").get(pk=compilation.pk)


def content(compilation: Compilation) -> io.BytesIO:
    assert compilation.file is not None
    with compilation.file.open() as stream:
        return io.BytesIO(stream.read())


def test_a_header_row_of_ids_gets_a_row_per_organization(client: Client, survey: Survey) -> None:
    compilation = sent(client, survey, table())

    sheet: Any = load_workbook(content(compilation)).active
    rows = list(sheet.iter_rows(min_row=4, min_col=2, max_col=6, values_only=True))
    assert rows == [
        (3, "第0村", None, "=1+1", "対象外"),
        (5, "第1村", None, "対象外", "対象外"),
        (None, "第2村", None, None, None),
    ]
    assert sheet["A1"].value == "部内資料"
    assert sheet["E4"].data_type == "s"
    assert [sheet[f"B{row}"].font.bold for row in (4, 5, 6)] == [True, True, True]


def test_named_cells_give_a_copy_for_each_that_answered(client: Client, survey: Survey) -> None:
    compilation = sent(client, survey, form())

    archive = ZipFile(content(compilation))
    assert archive.namelist() == ["011000_第0村.xlsx", "011010_第1村.xlsx"]
    sheet = load_workbook(io.BytesIO(archive.read("011010_第1村.xlsx")))["個票"]
    assert [sheet[place].value for place in ("A1", "B1", "B2", "B3")] == [
        "職員数",
        5,
        "対象外",
        None,
    ]


def test_a_layout_keeps_the_template_for_next_time(client: Client, survey: Survey) -> None:
    sent(client, survey, table(), name="部内資料")
    layout = CompilationLayout.objects.get()
    address = f"/surveys/managed/{survey.pk}/compilations/new/"
    page = client.get(address, {"layout": layout.pk}).content.decode()
    client.post(address, {"format": "xlsx", "layout": layout.pk})

    again = made(Compilation.objects.latest("pk"))

    assert f'name="layout" value="{layout.pk}"' in page
    assert again.template == layout.template
    assert load_workbook(content(again)).active["A1"].value == "部内資料"  # type: ignore[index]


@pytest.mark.parametrize(
    ("name", "written", "told"),
    [
        ("様式.xlsx", b"", "中身が空です"),
        ("様式.xlsx", b"not a workbook", "中身が、拡張子"),
        ("様式.xlsm", b"x", "添付できない種類です"),
        ("様式.xlsx", None, "項目IDが、見出しにもセルの名前にも見つかりません。"),
    ],
)
def test_what_cannot_be_filled_is_told_at_its_place(
    client: Client, survey: Survey, name: str, written: bytes | None, told: str
) -> None:
    stream = io.BytesIO()
    Workbook().save(stream)
    uploaded = SimpleUploadedFile(name, stream.getvalue() if written is None else written)

    page = client.post(
        f"/surveys/managed/{survey.pk}/compilations/new/", {"format": "xlsx", "template": uploaded}
    )

    assert page.status_code == 422
    assert told in page.content.decode()
    assert Compilation.objects.count() == 0


def scattered() -> bytes:
    """Two hundred sheets of one cell each, far from the first: small, until it is opened."""
    book = Workbook()
    for number in range(200):
        book.create_sheet(f"s{number}").cell(50, 2_000, "staff")
    return content_of(book)


def broken() -> bytes:
    """One whose sheet ends in the middle."""
    target = io.BytesIO()
    with ZipFile(io.BytesIO(content_of(table()))) as whole, ZipFile(target, "w") as made:
        for name in whole.namelist():
            part = whole.read(name)
            made.writestr(name, part[:-40] if name.endswith("sheet1.xml") else part)
    return target.getvalue()


def content_of(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (scattered(), "ファイルの内容が大きすぎるため、読み取れません。"),
        (broken(), "Excelブック（.xlsx）として読み取れませんでした。"),
    ],
    ids=["scattered", "broken"],
)
def test_a_workbook_that_grows_or_breaks_when_opened_is_refused(
    client: Client, survey: Survey, content: bytes, words: str
) -> None:
    uploaded = SimpleUploadedFile("ひな形.xlsx", content)

    page = client.post(
        f"/surveys/managed/{survey.pk}/compilations/new/", {"format": "xlsx", "template": uploaded}
    )

    assert page.status_code == 422
    assert words in page.context["form"].errors["template"][0]
    assert Compilation.objects.count() == 0


def merged_below() -> Workbook:
    book = table()
    book.worksheets[0].merge_cells("C5:D6")
    return book


def with_a_sum_below() -> Workbook:
    book = table()
    book.worksheets[0]["B9"] = "=SUM(B4:B8)"
    return book


def name_inside_a_merged_cell() -> Workbook:
    book = form()
    book["個票"].merge_cells("A1:C1")
    return book


@pytest.mark.parametrize(
    ("book", "told"),
    [
        (merged_below(), "シート「Sheet」のC5:D6が結合されているため、1団体1行で埋められません。"),
        (with_a_sum_below(), "シート「Sheet」のB9に値があります。"),
        (
            name_inside_a_merged_cell(),
            "「staff」の名前が指すセル（シート「個票」のB1）は、結合したセルの左上ではありません。",
        ),
    ],
    ids=["merged rows", "values below", "inside a merged cell"],
)
def test_what_stands_in_the_way_is_told_before_anything_is_made(
    client: Client, survey: Survey, book: Workbook, told: str
) -> None:
    uploaded = SimpleUploadedFile("様式.xlsx", content_of(book))

    page = client.post(
        f"/surveys/managed/{survey.pk}/compilations/new/", {"format": "xlsx", "template": uploaded}
    )

    assert page.status_code == 422
    assert told in page.context["form"].errors["template"][0]
    assert Compilation.objects.count() == 0


def test_merged_cells_elsewhere_are_no_obstacle(client: Client, survey: Survey) -> None:
    book = table()
    book.worksheets[0].merge_cells("A1:F1")
    book.worksheets[0].merge_cells("H5:I9")

    compilation = sent(client, survey, book)

    sheet: Any = load_workbook(content(compilation)).active
    assert [cell.value for cell in sheet["B"][3:6]] == [3, 5, None]


def test_a_kept_template_must_suit_the_survey(client: Client, survey: Survey) -> None:
    book = form()
    del book.defined_names["_name"]
    sent(client, survey, book, name="個票")
    layout = CompilationLayout.objects.get()
    question = {"id": "another", "label": "別の設問", "type": "yesno", "required": False}
    sections = [{"id": "s", "title": "節", "questions": [question]}]
    other = running_survey(
        OrganizationFactory.create(),
        document={"sections": sections, "rules": []},
        division=survey.division,
    )
    client.force_login(other.created_by)

    page = client.post(
        f"/surveys/managed/{other.pk}/compilations/new/", {"format": "xlsx", "layout": layout.pk}
    )

    assert page.status_code == 422
    assert page.context["form"].errors["template"][0].startswith("保存した設定のひな形：")
