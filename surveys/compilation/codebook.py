"""設問定義: what each column of the answers means."""

from collections.abc import Iterable, Iterator, Sequence

from onepublic.workbook import Cell, Column, Format, Sheet
from surveys.compilation.columns import REMOVED, AnswerColumn
from surveys.questionnaire import Field, Questionnaire, QuestionType
from surveys.questionnaire.describe import describe

TYPE_NAMES = {
    QuestionType.SINGLE: "一つ選択",
    QuestionType.MULTIPLE: "複数選択",
    QuestionType.NUMBER: "数値",
    QuestionType.TEXT: "文字（1行）",
    QuestionType.LONGTEXT: "文字（複数行）",
    QuestionType.DATE: "日付",
    QuestionType.YESNO: "はい・いいえ",
    QuestionType.TABLE: "表",
    QuestionType.FILE: "添付ファイル",
    QuestionType.CURRENCY: "金額",
    QuestionType.PERCENT: "割合",
    QuestionType.SCALE: "段階評価",
    QuestionType.RANKING: "順位付け",
    QuestionType.EMAIL: "メールアドレス",
    QuestionType.TEL: "電話番号",
    QuestionType.URL: "URL",
    QuestionType.YEAR: "年",
    QuestionType.MONTH: "年月",
    QuestionType.ORGANIZATION: "団体コード",
    QuestionType.DYNAMIC_TABLE: "行を追加する表",
    QuestionType.MATRIX: "行ごとに一つ選択",
    QuestionType.CALCULATED: "自動計算",
    QuestionType.NOTE: "説明文",
    QuestionType.IMAGE: "画像",
}

_COLUMNS = (
    Column(("項目ID",), 22, Format.TEXT),
    Column(("節",), 20),
    Column(("設問・項目",), 48, Format.LONG_TEXT),
    Column(("形式",), 14),
    Column(("単位",), 8),
    Column(("必須",), 8),
    Column(("選択肢",), 40, Format.LONG_TEXT),
    Column(("表示する条件",), 48, Format.LONG_TEXT),
)


def codebook(revisions: Sequence[Questionnaire], columns: Iterable[AnswerColumn]) -> Sheet:
    """One row per column of the answers, in their order, as its newest revision tells of it; the
    revision in force stands last.
    """
    return Sheet("設問定義", _COLUMNS, _rows(revisions, columns), key_columns=1)


def _rows(
    revisions: Sequence[Questionnaire], columns: Iterable[AnswerColumn]
) -> Iterator[list[Cell]]:
    for column in columns:
        field = column.field
        questionnaire = _newest_with(field, revisions)
        section = questionnaire.section_by_question[field.question.id]
        yield [
            column.key,
            section.title,
            f"{REMOVED}{column.label}" if column.removed else column.label,
            TYPE_NAMES[field.question.type],
            field.unit,
            _demand(field),
            "\n".join(f"{option.value}：{option.label}" for option in field.options),
            _condition(field, questionnaire),
        ]


def _newest_with(field: Field, revisions: Sequence[Questionnaire]) -> Questionnaire:
    return next(each for each in reversed(revisions) if field.key in each.fields_by_key)


def _demand(field: Field) -> str:
    if field.is_calculated:
        return "自動"
    if field.column is not None and field.column.required:
        return "必須"
    table = field.question.table
    optional = field.option is not None or (table is not None and table.dynamic)
    return "必須" if field.question.required and not optional else "任意"


def _condition(field: Field, questionnaire: Questionnaire) -> str:
    section = questionnaire.section_by_question[field.question.id]
    conditions = [section.visible_if, field.question.visible_if]
    parts = [describe(each, questionnaire) for each in conditions if each is not None]
    if field.option:
        parts.append(f"「{field.option.label}」を選んだとき")
    return "、かつ、".join(parts)
