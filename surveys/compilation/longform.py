"""The sheets that hold one answer in each row: 縦持ち and 自由記述."""

from collections.abc import Iterable, Iterator, Sequence

from onepublic.workbook import Cell, Code, Column, Format, Label, Sheet
from surveys.compilation.codes import ANSWERED, BLANK
from surveys.compilation.columns import AnswerColumn
from surveys.compilation.filling import Filled
from surveys.questionnaire.kinds import TextAnswer

_ORGANIZATION = (
    Column(("#code", "団体コード"), 11, Format.TEXT),
    Column(("#prefecture", "都道府県"), 11),
    Column(("#name", "団体名"), 16),
)
_ITEM = (
    Column(("#field", "項目ID"), 20, Format.TEXT),
    Column(("#label", "設問・項目（単位）"), 40),
)


def long_form(columns: Sequence[AnswerColumn], responses: Iterable[Filled]) -> Sheet:
    """縦持ち: a row per organization that handed in and column of the answers, in their order.

    #status says in a word of its own what an empty value means.
    """
    heads = [
        *_ORGANIZATION,
        *_ITEM,
        Column(("#status", "区分"), 10),
        Column(("#value", "値"), 40),
    ]
    return Sheet("縦持ち", heads, _long_rows(_items(columns), responses), key_columns=3)


def _items(columns: Iterable[AnswerColumn]) -> list[tuple[Label, Label]]:
    return [(Label(each.key), Label(each.column.headers[1])) for each in columns]


def _long_rows(
    items: Sequence[tuple[Label, Label]], responses: Iterable[Filled]
) -> Iterator[Sequence[Cell]]:
    for response in responses:
        row = response.row
        code, prefecture, name = Label(row.code), Label(row.prefecture_name), Label(row.name)
        for (key, label), value in zip(items, response.cells or (), strict=True):
            if value is None or value == "":
                yield code, prefecture, name, key, label, BLANK, None
            elif isinstance(value, Code):
                yield code, prefecture, name, key, label, value, None
            else:
                yield code, prefecture, name, key, label, ANSWERED, value


def free_texts(columns: Sequence[AnswerColumn], responses: Iterable[Filled]) -> Sheet:
    """自由記述: every text that somebody wrote, one in each row."""
    heads = [
        *_ORGANIZATION,
        *_ITEM,
        Column(("#length", "文字数"), 8, Format.COUNT),
        Column(("#text", "記述"), 80, Format.LONG_TEXT),
    ]
    written = [number for number, each in enumerate(columns) if is_free_text(each)]
    rows = _text_rows(_items(columns), written, responses)
    return Sheet("自由記述", heads, rows, key_columns=3)


def is_free_text(column: AnswerColumn) -> bool:
    """Whether the column holds words of people: not an address, a number, or a choice."""
    answer = column.field.answer
    return isinstance(answer, TextAnswer) and answer.format is None


def _text_rows(
    items: Sequence[tuple[Label, Label]], written: Sequence[int], responses: Iterable[Filled]
) -> Iterator[Sequence[Cell]]:
    for response in responses:
        row, cells = response.row, response.cells or []
        for number in written:
            text = cells[number]
            if text and not isinstance(text, Code):
                key, label = items[number]
                length = len(str(text))
                yield row.code, row.prefecture_name, row.name, key, label, length, str(text)
