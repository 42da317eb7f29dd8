"""The four sheets of a compilation: 概要, 回答一覧, 未回答, 設問定義."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from accounts.states import Kind
from onepublic.core.wareki import wareki
from onepublic.workbook import Cell, Column, Format, Overview, Section, Sheet
from surveys.compilation.cells import Convert
from surveys.compilation.columns import NOT_APPLICABLE, AnswerColumn
from surveys.compilation.snapshot import Counts, ResponseRow
from surveys.models import Survey
from surveys.questionnaire import Questionnaire, evaluate, to_json, visible_fields_of
from surveys.states import HANDED_IN_STATES, AssignmentState

Report = Callable[[int], None]

# No id of a question begins with "#".
_KEYS = (
    Column(("#code", "団体コード"), 11, Format.TEXT),
    Column(("#prefecture", "都道府県"), 11),
    Column(("#name", "団体名"), 16),
    Column(("#kind", "種別"), 11),
    Column(("#state", "状態"), 10),
)
_RECEIPT = (
    Column(("#received", "提出日時"), 18),
    Column(("#receipt", "受付番号"), 22, Format.TEXT),
)


def overview(survey: Survey, counts: Counts, revision: int) -> Overview:
    """What was asked of whom, when the snapshot was taken, and how far it was."""
    return Overview(
        "概要",
        survey.title,
        [
            Section("調査", _survey_entries(survey, revision)),
            Section(
                "集計",
                [
                    ("集計の時点", counts.taken_at),
                    ("依頼した団体", counts.asked),
                    ("提出済み", counts.submitted),
                    ("回答中", counts.drafting),
                    ("未着手", counts.asked - counts.submitted - counts.drafting),
                ],
            ),
            Section(
                "読み方",
                [
                    (NOT_APPLICABLE, "条件により、その団体には表示されなかった設問"),
                    ("該当なし", "回答者が「該当なし」と回答した設問"),
                    ("空欄", "回答のない設問、又は未提出の団体"),
                    ("0", "回答者が0と回答した設問"),
                ],
            ),
        ],
    )


def _survey_entries(survey: Survey, revision: int) -> list[tuple[str, Cell]]:
    return [
        ("調査名", survey.title),
        ("実施", survey.division.full_name),
        ("基準日", wareki(survey.base_date) if survey.base_date else None),
        ("実績の対象期間", survey.record_period),
        ("回答期限", wareki(survey.due_on)),
        ("調査票の版", f"第{revision}版"),
    ]


def answers(
    questionnaire: Questionnaire,
    columns: Sequence[AnswerColumn],
    rows: Iterable[ResponseRow],
    file_names: Mapping[str, str],
    report: Report,
) -> Sheet:
    """One row per organization asked; ``report`` hears of each row."""
    heads = [*_KEYS, *_RECEIPT, *(each.column for each in columns)]
    cells = [(each.field.key, each.converter(file_names)) for each in columns]
    removed = {each.field.key for each in columns if each.removed}
    filled = _answer_rows(questionnaire, cells, removed, rows, report)
    return Sheet("回答一覧", heads, filled, key_columns=3)


def _answer_rows(
    questionnaire: Questionnaire,
    cells: Sequence[tuple[str, Convert]],
    removed: set[str],
    rows: Iterable[ResponseRow],
    report: Report,
) -> Iterator[list[Cell]]:
    blank: list[Cell] = [None] * len(cells)
    for number, row in enumerate(rows, 1):
        head = [*_key_cells(row), row.submitted_at, row.receipt_number]
        if row.answers is None and row.state not in HANDED_IN_STATES:
            yield [*head, *blank]
        else:
            yield [*head, *_answer_cells(questionnaire, cells, removed, row)]
        report(number)


def _answer_cells(
    questionnaire: Questionnaire,
    cells: Sequence[tuple[str, Convert]],
    removed: set[str],
    row: ResponseRow,
) -> list[Cell]:
    """Of a question that was removed, what was answered before that."""
    stored = row.answers or {}
    visible = visible_fields_of(questionnaire, stored, row.respondent)
    known = _with_calculated(questionnaire, stored, visible, row)
    visible |= removed
    return [cell(known.get(key)) if key in visible else NOT_APPLICABLE for key, cell in cells]


def _with_calculated(
    questionnaire: Questionnaire,
    stored: dict[str, object],
    visible: set[str],
    row: ResponseRow,
) -> dict[str, object]:
    """What was stored when it was submitted counts, also of calculated numbers."""
    calculated_keys = questionnaire.calculated_keys
    if all(key in stored or key not in visible for key in calculated_keys):
        return stored
    calculated = evaluate(questionnaire, stored, row.respondent).calculated
    return {key: to_json(number) for key, number in calculated.items()} | stored


def unanswered(rows: Iterable[ResponseRow]) -> Sheet:
    """Those who have not submitted, with their last activity."""
    columns = [*_KEYS, Column(("#last_answer", "最終入力日時"), 18)]
    owing = (
        [*_key_cells(row), row.last_answer_at] for row in rows if row.state not in HANDED_IN_STATES
    )
    return Sheet("未回答", columns, owing, key_columns=3)


def _key_cells(row: ResponseRow) -> list[Cell]:
    kind = str(Kind(row.kind).label)
    state = str(AssignmentState(row.state).label)
    return [row.code, row.prefecture_name, row.name, kind, state]
