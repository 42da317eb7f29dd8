"""One question as the lines of a sheet: what is asked, when, how, and the cells to fill in."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from surveys.answerbook.asked import depends_on_answers
from surveys.answerbook.cells import NONE, WHOLE, Content, contents, option_texts, parts_of
from surveys.answerbook.checks import MARKS, check_of
from surveys.answerbook.hints import hint
from surveys.answerbook.lines import (
    FIRST,
    LABEL,
    LAST_TEXT,
    NUMBER,
    SHORT,
    WIDE,
    Box,
    Calculation,
    Line,
    Look,
    line,
)
from surveys.questionnaire import Field, Question, Questionnaire, Respondent, ValueKind
from surveys.questionnaire.conditions import Condition
from surveys.questionnaire.describe import describe, describe_formula
from surveys.questionnaire.document import Image, Note
from surveys.questionnaire.kinds import (
    CalculatedAnswer,
    FilesAnswer,
    NumberAnswer,
    TextAnswer,
    YearAnswer,
)
from surveys.questionnaire.tables import Matrix, Table
from surveys.questionnaire.values import NONE_LABEL

_TEXTS: Final = LAST_TEXT - LABEL + 1
_WAREKI_DAY: Final = '[$-411]ggge"年"m"月"d"日"'
_WAREKI_MONTH: Final = '[$-411]ggge"年"m"月"'
_AS_TEXT: Final = "@"
_WORDS: Final = frozenset(
    {ValueKind.TEXT, ValueKind.CHOICE, ValueKind.BOOLEAN, ValueKind.ORGANIZATION}
)
_LONG: Final = 72.0  # points: four lines to write in
_CARRIED: Final = (
    "◇ 前回の値が入っています。違うときは直してください。"
    "同じときは、読み込んだ後にポータルの回答画面で確定してください。"
)
_IN_PORTAL: Final = "ファイルは、ポータルの回答画面で添付してください。"


@dataclass(frozen=True, slots=True)
class Sheetful:
    """What the lines of a response are made from: stored JSON values, names of files by id, and
    the fields that still hold the unconfirmed value of the previous round.
    """

    questionnaire: Questionnaire
    respondent: Respondent
    values: Mapping[str, object]
    file_names: Mapping[str, str]
    carried: Collection[str] = ()

    def contents(self, field: Field) -> dict[str, Content]:
        """What the cells of the field show."""
        return contents(field, self.values.get(field.key))


def condition_lines(condition: Condition | None, whole: Sheetful) -> Iterator[Line]:
    """When something is to be answered, where answers decide that."""
    if condition is not None and depends_on_answers(condition, whole.respondent):
        words = describe(condition, whole.questionnaire)
        yield line(Box(LABEL, f"▶ {words}、回答してください。", Look.CONDITION, _TEXTS))


def heading(question: Question, number: str, whole: Sheetful) -> Iterator[Line]:
    """What is asked, and when; nothing above a note or an image, which explain themselves."""
    if isinstance(question.answer, Note | Image):
        return
    required = "　【必須】" if question.required and question.asks else ""
    label = Box(LABEL, f"{question.label}{required}", Look.STRIP, _TEXTS)
    yield line(Box(NUMBER, number, Look.STRIP_NUMBER), label, least=24)
    yield from condition_lines(question.visible_if, whole)
    if any(f.key in whole.carried for f in whole.questionnaire.fields_of(question.id)):
        yield line(Box(LABEL, _CARRIED, Look.CONDITION, _TEXTS))


def plain(question: Question, whole: Sheetful) -> Iterator[Line]:
    """The lines of a question that is no table and no matrix."""
    match question.answer:
        case Note() as note:
            yield line(Box(LABEL, note.text, Look.TEXT, _TEXTS))
        case Image() as image:
            about = "　".join(filter(None, [image.alt, image.caption]))
            text = f"［図］{about}（図は、ポータルの回答画面でご覧ください。）"
            yield line(Box(LABEL, text, Look.QUIET, _TEXTS))
        case FilesAnswer():
            yield _files(question, whole)
        case Table() | Matrix():
            raise TypeError("a table has lines of its own")
        case _:
            yield from _inputs(question, whole)


def _files(question: Question, whole: Sheetful) -> Line:
    ids = whole.values.get(question.id)
    names = [whole.file_names.get(str(each), "") for each in ids] if isinstance(ids, list) else []
    told = f"\n添付済み：{'、'.join(filter(None, names))}" if any(names) else ""
    return line(
        Box(LABEL, hint(question), Look.HINT),
        Box(FIRST, f"{_IN_PORTAL}{told}", Look.LOCKED, WIDE),
    )


def _inputs(question: Question, whole: Sheetful) -> Iterator[Line]:
    field, *free_texts = whole.questionnaire.fields_of(question.id)
    if isinstance(field.answer, CalculatedAnswer):
        yield _calculated(field, field.answer, whole)
    elif parts_of(field) == (WHOLE,):
        yield _single(field, whole)
    else:
        yield line(Box(LABEL, hint(question), Look.HINT, _TEXTS))
        yield from _several(field, whole)
    for free_text in free_texts:
        yield _free_text(free_text, whole)


def _calculated(field: Field, answer: CalculatedAnswer, whole: Sheetful) -> Line:
    how = describe_formula(answer.formula, whole.questionnaire)
    words = "\n".join(filter(None, [field.question.help, f"自動計算：{how}"]))
    result = Box(
        FIRST,
        None,
        Look.TOTAL,
        SHORT,
        format=number_format(answer.decimals),
        formula=Calculation(answer),
        key=field.key,
    )
    return line(Box(LABEL, words, Look.HINT), result, _unit(field, SHORT))


def _single(field: Field, whole: Sheetful) -> Line:
    span = WIDE if field.kind in {ValueKind.TEXT, ValueKind.CHOICE} else SHORT
    box = input_box(field, FIRST, whole, span=span)
    is_long = isinstance(field.answer, TextAnswer) and field.answer.multiline
    return line(
        Box(LABEL, hint(field.question), Look.HINT),
        box,
        _unit(field, span),
        least=_LONG if is_long else 26,
    )


def _unit(field: Field, span: int) -> Box:
    is_year = isinstance(field.answer, YearAnswer)
    unit = ("年度" if field.answer.fiscal else "年") if isinstance(field.answer, YearAnswer) else ""
    return Box(FIRST + span, unit if is_year else field.unit or None, Look.UNIT)


def _several(field: Field, whole: Sheetful) -> Iterator[Line]:
    """One line per option or rank."""
    filled, texts = whole.contents(field), option_texts(field)
    is_ranking = field.kind is ValueKind.RANKING
    for part in parts_of(field):
        name = part[1:]
        words = f"{name}位" if is_ranking else texts.get(name, "")
        marks = not is_ranking or part == NONE
        yield line(
            Box(LABEL, NONE_LABEL if part == NONE else words, Look.OPTION),
            Box(
                FIRST,
                filled.get(part),
                Look.INPUT_MARK if marks else Look.INPUT_TEXT,
                1 if marks else WIDE,
                slot=(field.key, part),
                format=_AS_TEXT,
                check=MARKS if marks else check_of(field),
            ),
        )


def _free_text(field: Field, whole: Sheetful) -> Line:
    """The text beside an option."""
    option = field.option
    free = option.free_text if option else None
    words = f"└ 「{option.label}」の{free.label}" if option and free else ""
    required = "（選んだ場合は必須）" if free and free.required else ""
    box = input_box(field, FIRST, whole, span=WIDE)
    return line(Box(LABEL, f"{words}{required}", Look.OPTION), box)


def input_box(field: Field, column: int, whole: Sheetful, *, span: int = 1) -> Box:
    """The cell of a field that takes one."""
    return Box(
        column,
        whole.contents(field).get(WHOLE),
        Look.INPUT_TEXT if field.kind in _WORDS else Look.INPUT,
        span,
        slot=(field.key, WHOLE),
        format=_format(field),
        check=check_of(field),
        key=field.key,
    )


def _format(field: Field) -> str:
    if isinstance(field.answer, NumberAnswer):
        return number_format(field.answer.decimals, grouped=field.answer.grouped)
    formats = {
        ValueKind.DATE: _WAREKI_DAY,
        ValueKind.MONTH: _WAREKI_MONTH,
        ValueKind.YEAR: "0",
    }
    return formats.get(field.kind, _AS_TEXT)


def number_format(decimals: int, *, grouped: bool = True) -> str:
    """How a number is shown: with its places where it has any."""
    whole = "#,##0" if grouped else "0"
    return f"{whole}.{'0' * decimals}" if decimals else whole
