"""The part of a question that depends on its type."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final, TypeAlias

from surveys.questionnaire.attributes import KINDS
from surveys.questionnaire.document import Image, Matrix, Note, QuestionType, Table
from surveys.questionnaire.kinds import (
    Answer,
    BooleanAnswer,
    CalculatedAnswer,
    FilesAnswer,
    OrganizationAnswer,
    TextFormat,
)
from surveys.questionnaire.parsing.calendar import parse_date, parse_month, parse_year
from surveys.questionnaire.parsing.choices import parse_multiple, parse_ranking, parse_single
from surveys.questionnaire.parsing.numbers import (
    parse_currency,
    parse_number,
    parse_percent,
    parse_scale,
)
from surveys.questionnaire.parsing.reader import ID, Reader, shown
from surveys.questionnaire.parsing.scope import Scope
from surveys.questionnaire.parsing.sides import parse_formula
from surveys.questionnaire.parsing.tables import parse_dynamic_table, parse_matrix, parse_table
from surveys.questionnaire.parsing.texts import formatted_text, parse_longtext, parse_text
from surveys.questionnaire.sides import ConstantAmount

AnyAnswer: TypeAlias = Answer | Table | Matrix | Note | Image

_EXTENSION = re.compile(r"\.[a-z0-9]{1,8}")


def parse_answer(type_: QuestionType, reader: Reader, scope: Scope) -> AnyAnswer:
    """Read the keys of a type; a formula may look at the questions `before` it in `scope`."""
    if type_ is QuestionType.CALCULATED:
        return _calculated(reader, scope)
    return _ANSWERS[type_](reader)


def _calculated(reader: Reader, scope: Scope) -> CalculatedAnswer:
    formula = parse_formula(reader, "formula", scope)
    unit = reader.text("unit", longest=20, optional=True)
    decimals = reader.whole("decimals", 0, 6, default=0)
    return CalculatedAnswer(formula or ConstantAmount(Decimal(0)), unit, decimals)


def _yesno(reader: Reader) -> BooleanAnswer:
    return BooleanAnswer()


def _files(reader: Reader) -> FilesAnswer:
    accept = tuple(map(shown, reader.items("accept", most=20)))
    if not all(_EXTENSION.fullmatch(extension) for extension in accept):
        reader.refuse("acceptは、「.pdf」のような拡張子で指定してください。")
    return FilesAnswer(accept, reader.whole("max_files", 1, 20), reader.whole("max_mb", 1, 100))


def _organization(reader: Reader) -> OrganizationAnswer:
    if not reader.has("kinds"):
        return OrganizationAnswer()
    kinds = tuple(map(shown, reader.items("kinds", most=len(KINDS))))
    if not set(kinds) <= KINDS.keys():
        reader.refuse(f"kindsは、{'、'.join(KINDS)}の中から指定してください。")
    return OrganizationAnswer(kinds)


def _note(reader: Reader) -> Note:
    return Note(reader.text("text", longest=4000))


def _image(reader: Reader) -> Image:
    file_id = reader.raw("file")
    if not isinstance(file_id, str) or not ID.fullmatch(file_id):
        reader.refuse("fileは、保存したファイルのidで指定してください。")
    caption = reader.text("caption", optional=True)
    return Image(shown(file_id), reader.text("alt"), caption)


_ANSWERS: Final[Mapping[QuestionType, Callable[[Reader], AnyAnswer]]] = {
    QuestionType.SINGLE: parse_single,
    QuestionType.MULTIPLE: parse_multiple,
    QuestionType.RANKING: parse_ranking,
    QuestionType.NUMBER: parse_number,
    QuestionType.CURRENCY: parse_currency,
    QuestionType.PERCENT: parse_percent,
    QuestionType.SCALE: parse_scale,
    QuestionType.TEXT: parse_text,
    QuestionType.LONGTEXT: parse_longtext,
    QuestionType.EMAIL: formatted_text(TextFormat.EMAIL),
    QuestionType.TEL: formatted_text(TextFormat.TEL),
    QuestionType.URL: formatted_text(TextFormat.URL),
    QuestionType.DATE: parse_date,
    QuestionType.YEAR: parse_year,
    QuestionType.MONTH: parse_month,
    QuestionType.YESNO: _yesno,
    QuestionType.ORGANIZATION: _organization,
    QuestionType.TABLE: parse_table,
    QuestionType.DYNAMIC_TABLE: parse_dynamic_table,
    QuestionType.MATRIX: parse_matrix,
    QuestionType.FILE: _files,
    QuestionType.NOTE: _note,
    QuestionType.IMAGE: _image,
}
