"""Writing an XLSForm."""

from collections.abc import Iterable, Sequence
from typing import BinaryIO, Final

from onepublic.workbook import Column, Format, Sheet, write_workbook
from surveys.authoring.finding import Json
from surveys.authoring.xlsform.expressions import Expressions
from surveys.authoring.xlsform.reading import NOTES_SHEET
from surveys.authoring.xlsform.rows import Rows

_SURVEY: Final = (
    "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message",
    "calculation", "appearance", "parameters", "repeat_count",
)  # fmt: skip
_CHOICES: Final = ("list_name", "name", "label")
_SETTINGS: Final = ("form_title", "form_id")
_NOTES: Final = ("設問・規則のID", "設問・規則", "XLSFormで表せないもの")
_WIDE: Final = frozenset({"label", "hint", "relevant", "constraint", "calculation", *_NOTES[1:]})
_BLANKS: Final = (
    "",
    "全ての条件と規則",
    "空欄の設問を読む条件、制約、計算の結果は、ポータルと異なることがあります。",
)


def write_xlsform(target: BinaryIO, document: Json, title: str) -> list[tuple[str, str, str]]:
    """Write a questionnaire that parses as a draft; return what XLSForm can't say.

    Each is the id of a question or rule, its words, and the thing; they stand on a sheet, too.
    """
    rows = Rows(Expressions(document))
    for section in document["sections"]:
        rows.add_section(section)
    for rule in document.get("rules", []):
        rows.add_rule(rule)
    settings = [{"form_title": title, "form_id": "questionnaire"}]
    pages = [
        _sheet("survey", _SURVEY, rows.survey),
        _sheet("choices", _CHOICES, rows.choices),
        _sheet("settings", _SETTINGS, settings),
    ]
    if rows.notes:
        pages.append(Sheet(NOTES_SHEET, _columns(_NOTES), [*rows.notes, _BLANKS]))
    write_workbook(target, pages)
    return rows.notes


def _sheet(title: str, names: Sequence[str], rows: Iterable[dict[str, str]]) -> Sheet:
    return Sheet(title, _columns(names), [[row.get(name) for name in names] for row in rows])


def _columns(names: Sequence[str]) -> list[Column]:
    return [
        Column((name,), 44, Format.LONG_TEXT) if name in _WIDE else Column((name,), 20, Format.TEXT)
        for name in names
    ]
