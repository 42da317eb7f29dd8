"""The sheets 概要, 回答一覧 and 未回答 of a compilation."""

from collections.abc import Iterable, Iterator, Sequence

from accounts.states import Kind
from onepublic.core.wareki import wareki
from onepublic.workbook import Cell, Column, Format, Overview, Section, Sheet
from surveys.compilation.codes import NONE_APPLIES, NOT_APPLICABLE
from surveys.compilation.columns import AnswerColumn
from surveys.compilation.filling import Filled
from surveys.compilation.rows import Counts, OwingRow, ResponseRow
from surveys.models import Survey
from surveys.states import AssignmentState

# No id of a question begins with "#".
KEYS = (
    Column(("#code", "団体コード"), 11, Format.TEXT),
    Column(("#prefecture", "都道府県"), 11),
    Column(("#name", "団体名"), 16),
    Column(("#kind", "種別"), 11),
    Column(("#state", "状態"), 10),
)
RECEIPT = (
    Column(("#received", "提出日時"), 18),
    Column(("#receipt", "受付番号"), 22, Format.TEXT),
)
_OWING = (
    Column(("#last_answer", "最終入力日時"), 18),
    Column(("#due", "期限"), 14),
    Column(("#division", "取りまとめの課室"), 22),
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
            Section("読み方", _reading()),
        ],
    )


def _reading() -> list[tuple[str, Cell]]:
    """The four values that are never merged, and how each is shown."""
    return [
        (NOT_APPLICABLE, "条件により、その団体には表示されなかった設問（灰色の文字）"),
        (NONE_APPLIES, "回答者が「該当なし」と回答した設問又は調査（灰色の文字）"),
        ("（空のセル）", "回答のない設問、又は未提出の団体。未提出かどうかは「状態」の列で分かる"),
        ("0", "回答者が0と回答した設問"),
    ]


def _survey_entries(survey: Survey, revision: int) -> list[tuple[str, Cell]]:
    return [
        ("調査名", survey.title),
        ("実施", survey.division.full_name),
        ("基準日", wareki(survey.base_date) if survey.base_date else None),
        ("実績の対象期間", survey.record_period),
        ("回答期限", wareki(survey.due_on)),
        ("調査票の版", f"第{revision}版"),
    ]


def answers(columns: Sequence[AnswerColumn], responses: Iterable[Filled]) -> Sheet:
    """回答一覧: one row per organization asked."""
    heads = [*KEYS, *RECEIPT, *(each.column for each in columns)]
    return Sheet("回答一覧", heads, _answer_rows(len(columns), responses), key_columns=3)


def _answer_rows(width: int, responses: Iterable[Filled]) -> Iterator[list[Cell]]:
    blank: list[Cell] = [None] * width
    for response in responses:
        cells = blank if response.cells is None else response.cells
        yield [*head_cells(response.row), *cells]


def head_cells(row: ResponseRow) -> list[Cell]:
    """What stands left of the answers, under :data:`KEYS` and :data:`RECEIPT`."""
    return [*_key_cells(row), row.submitted_at, row.receipt_number]


def unanswered(rows: Iterable[OwingRow]) -> Sheet:
    """未回答: those who have not handed in, with their last activity and who gathers it."""
    owing = ([*_key_cells(row), row.last_answer_at, row.due_on, row.division] for row in rows)
    return Sheet("未回答", [*KEYS, *_OWING], owing, key_columns=3)


def _key_cells(row: ResponseRow | OwingRow) -> list[Cell]:
    kind = str(Kind(row.kind).label)
    state = str(AssignmentState(row.state).label)
    return [row.code, row.prefecture_name, row.name, kind, state]
