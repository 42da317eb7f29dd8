"""Reading a filled answer workbook: what it says to each field, and what can't be taken from it."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from onepublic.workbook import WorkbookRefused
from onepublic.workbook.grids import Grid, read_grids
from surveys.answerbook.cells import gather, parts_of
from surveys.answerbook.codes import Codes, Identity, NotOurs
from surveys.answerbook.collecting import Collector, FieldCells
from surveys.answerbook.finding import find_codes
from surveys.answerbook.said import BookReading, Entry
from surveys.questionnaire import Field, Questionnaire
from surveys.questionnaire.values import is_blank

NOT_OURS: Final = (
    "この調査の回答用Excelとして読み取れませんでした。"
    "調査の画面からダウンロードしたファイルに入力し、そのまま保存したものを選んでください。"
)
OTHER_SURVEY: Final = "別の調査の回答用Excelです。この調査のファイルを選んでください。"
OTHER_ORGANIZATION: Final = (
    "別の機関（団体コード{code}）の回答用Excelです。自機関のファイルを選んでください。"
)
NO_FIELD: Final = "調査票が改訂され、この設問はなくなりました。"
NO_PART: Final = "調査票が改訂され、この選択肢はなくなりました。"


def read_answer_book(
    source: BinaryIO, questionnaire: Questionnaire, expected: Identity
) -> BookReading:
    """What the workbook says now. The stream must be seekable.

    Fields that say what they said when it was made are passed over; a value that its field
    refuses is complained of, also when it was refused then. Raises WorkbookRefused for what is no
    workbook, or of another survey or organization; its message is for the officer.
    """
    grids = read_grids(source)
    codes = _codes(grids, expected)
    collector = Collector(questionnaire, codes)
    cells = collector.collect(grids)
    entries = tuple(_entries(questionnaire, codes, collector, cells))
    return BookReading(codes.identity.revision, entries, tuple(collector.complaints))


def _codes(grids: list[Grid], expected: Identity) -> Codes:
    try:
        codes = find_codes(grids)
    except NotOurs as error:
        raise WorkbookRefused(NOT_OURS) from error
    if codes.identity.survey != expected.survey:
        raise WorkbookRefused(OTHER_SURVEY)
    if codes.identity.organization != expected.organization:
        raise WorkbookRefused(OTHER_ORGANIZATION.format(code=codes.identity.organization[:6]))
    return codes


def _entries(
    questionnaire: Questionnaire,
    codes: Codes,
    collector: Collector,
    fields: Mapping[str, FieldCells],
) -> Iterator[Entry]:
    """What was changed; a refused value gives a complaint instead."""
    for key, cells in fields.items():
        asked = questionnaire.fields_by_key.get(key)
        if message := _lost(asked, cells):
            collector.complain(next(iter(cells.places.values())), key, message)
        elif asked is not None:
            entry = _entry(asked, cells, codes, collector)
            if entry is not None:
                yield entry


def _lost(asked: Field | None, cells: FieldCells) -> str:
    """Why something was written that the questionnaire asks no more."""
    filled = {part for part, content in cells.contents.items() if not is_blank(content)}
    if asked is None:
        return NO_FIELD if filled else ""
    return NO_PART if filled - set(parts_of(asked)) else ""


def _entry(asked: Field, cells: FieldCells, codes: Codes, collector: Collector) -> Entry | None:
    gathered = gather(asked, cells.contents)
    place = cells.places.get(gathered.part) or next(iter(cells.places.values()))
    if gathered.refusal:
        collector.complain(place, asked.key, gathered.refusal)
        return None
    seen = codes.seen.get(asked.key)
    unchanged = gathered.mark == seen.mark if seen else gathered.value is None
    if unchanged:
        return None
    return Entry(asked.key, gathered.value, place, seen.revision if seen else 0)
