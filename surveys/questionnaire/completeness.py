"""What a visible question still lacks, in words."""

from typing import Final

from surveys.questionnaire.document import Field
from surveys.questionnaire.kinds import ChoicesAnswer, ValueKind
from surveys.questionnaire.values import Value

_BLANK: Final = {
    ValueKind.CHOICE: "選択してください。",
    ValueKind.CHOICES: "選択してください。",
    ValueKind.BOOLEAN: "選択してください。",
    ValueKind.FILES: "ファイルを添付してください。",
}


def blank_message(field: Field) -> str:
    """Return what to do about a required field that is blank."""
    return _BLANK.get(field.kind, "入力してください。")


def cells_message(count: int) -> str:
    """Return what to do about `count` blank cells of a required table."""
    return f"未入力の欄が{count}か所あります。数がないときは0を入力してください。"


def too_few(field: Field, value: Value) -> str | None:
    """Return what is wrong when fewer options are chosen than asked.

    An exclusive option (特になし) is a complete answer by itself.
    """
    if not isinstance(field.answer, ChoicesAnswer) or not isinstance(value, list):
        return None
    if len(value) >= field.answer.min_select or not field.answer.exclusive.isdisjoint(value):
        return None
    return f"{field.answer.min_select}つ以上選択してください。"


def too_many(field: Field, value: Value) -> str | None:
    """Return what is wrong when more options are chosen than allowed."""
    if not isinstance(field.answer, ChoicesAnswer) or not isinstance(value, list):
        return None
    if field.answer.max_select is None or len(value) <= field.answer.max_select:
        return None
    return f"選択できるのは{field.answer.max_select}つまでです。"
