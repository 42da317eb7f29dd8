"""What a visible question still lacks, in words."""

from typing import Final

from surveys.questionnaire.document import Field, Question
from surveys.questionnaire.kinds import ChoicesAnswer, RankingAnswer, ValueKind
from surveys.questionnaire.tables import Matrix, Table
from surveys.questionnaire.values import Value

_BLANK: Final = {
    ValueKind.CHOICE: "選択してください。",
    ValueKind.CHOICES: "選択してください。",
    ValueKind.RANKING: "順位を選択してください。",
    ValueKind.BOOLEAN: "選択してください。",
    ValueKind.FILES: "ファイルを添付してください。",
}


def blank_message(field: Field) -> str:
    """Return what to do about a required field that is blank."""
    return _BLANK.get(field.kind, "入力してください。")


def cells_message(question: Question, count: int) -> str:
    """Return what to do about `count` blank cells of a required table or matrix."""
    if isinstance(question.answer, Matrix):
        return f"選択していない行が{count}行あります。"
    table = question.table
    if table is None or table.number_columns != table.columns:
        return f"未入力の欄が{count}か所あります。"
    return f"未入力の欄が{count}か所あります。数がないときは0を入力してください。"


def required_cells_message(count: int) -> str:
    """Return what to do about `count` blank cells in required columns of a dynamic table."""
    return f"必須の欄が{count}か所、未入力です。"


def rows_message(needed: int) -> str:
    """Return what to do about a dynamic table of too few rows."""
    return f"{needed}行以上入力してください。"


def needed_rows(question: Question, table: Table) -> int:
    """Return how many rows a dynamic table must have; a required one has at least one."""
    return max(table.min_rows, 1 if question.required else 0)


def too_few(field: Field, value: Value) -> str | None:
    """Return what is wrong when fewer options are chosen than asked.

    An exclusive option (特になし) is a complete answer by itself.
    """
    if not isinstance(value, list):
        return None
    answer = field.answer
    if isinstance(answer, RankingAnswer):
        lacks = field.question.required and len(value) < answer.max_rank
        return f"{answer.max_rank}位まで選択してください。" if lacks else None
    if not isinstance(answer, ChoicesAnswer):
        return None
    if len(value) >= answer.min_select or not answer.exclusive.isdisjoint(value):
        return None
    return f"{answer.min_select}つ以上選択してください。"


def too_many(field: Field, value: Value) -> str | None:
    """Return what is wrong when more options are chosen than allowed."""
    if not isinstance(field.answer, ChoicesAnswer) or not isinstance(value, list):
        return None
    if field.answer.max_select is None or len(value) <= field.answer.max_select:
        return None
    return f"選択できるのは{field.answer.max_select}つまでです。"
