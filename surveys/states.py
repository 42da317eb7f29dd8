"""States of surveys, assignments and compilations, and which may follow which."""

from django.db.models import TextChoices


class SurveyState(TextChoices):
    DRAFT = "draft", "作成中"
    IN_REVIEW = "in_review", "決裁待ち"
    RETURNED = "returned", "差戻し"
    SCHEDULED = "scheduled", "受付開始待ち"
    OPEN = "open", "受付中"
    CLOSED = "closed", "受付終了"
    CANCELLED = "cancelled", "中止"


SURVEY_TRANSITIONS: dict[str, frozenset[str]] = {
    SurveyState.DRAFT: frozenset({SurveyState.IN_REVIEW, SurveyState.OPEN, SurveyState.CANCELLED}),
    SurveyState.IN_REVIEW: frozenset(
        {SurveyState.RETURNED, SurveyState.SCHEDULED, SurveyState.OPEN, SurveyState.DRAFT}
    ),
    SurveyState.RETURNED: frozenset({SurveyState.IN_REVIEW, SurveyState.CANCELLED}),
    SurveyState.SCHEDULED: frozenset(
        {SurveyState.OPEN, SurveyState.RETURNED, SurveyState.CANCELLED}
    ),
    SurveyState.OPEN: frozenset({SurveyState.CLOSED, SurveyState.CANCELLED}),
    SurveyState.CLOSED: frozenset({SurveyState.OPEN}),
    SurveyState.CANCELLED: frozenset(),
}

# What only the division that prepares it sees, and may still be written.
PREPARING_STATES = (SurveyState.DRAFT, SurveyState.RETURNED)
UNOPENED_STATES = (*PREPARING_STATES, SurveyState.IN_REVIEW, SurveyState.SCHEDULED)


class AssignmentState(TextChoices):
    NOT_STARTED = "not_started", "未着手"
    DRAFTING = "drafting", "回答中"
    AWAITING_APPROVAL = "awaiting_approval", "決裁待ち"
    RETURNED_INSIDE = "returned_inside", "差戻し（庁内）"
    SUBMITTED = "submitted", "提出済み"
    NOT_APPLICABLE = "not_applicable", "該当なし"
    RETURNED = "returned", "差戻し"
    ACCEPTED = "accepted", "受理済み"


_HANDED_IN = frozenset({AssignmentState.SUBMITTED, AssignmentState.NOT_APPLICABLE})
_WRITTEN = _HANDED_IN | {AssignmentState.AWAITING_APPROVAL}
ASSIGNMENT_TRANSITIONS: dict[str, frozenset[str]] = {
    AssignmentState.NOT_STARTED: frozenset({AssignmentState.DRAFTING, *_WRITTEN}),
    AssignmentState.DRAFTING: frozenset(_WRITTEN),
    AssignmentState.AWAITING_APPROVAL: frozenset(
        {AssignmentState.RETURNED_INSIDE, AssignmentState.DRAFTING, *_HANDED_IN}
    ),
    AssignmentState.RETURNED_INSIDE: frozenset(_WRITTEN),
    AssignmentState.SUBMITTED: frozenset(
        {AssignmentState.DRAFTING, AssignmentState.RETURNED, AssignmentState.ACCEPTED}
    ),
    AssignmentState.NOT_APPLICABLE: frozenset(
        {AssignmentState.DRAFTING, AssignmentState.RETURNED, AssignmentState.ACCEPTED}
    ),
    AssignmentState.RETURNED: frozenset(_WRITTEN),
    AssignmentState.ACCEPTED: frozenset({AssignmentState.RETURNED}),
}

# Answers may be written; a response that waits for its approval is pulled back or returned first.
ANSWERABLE_STATES = (
    AssignmentState.NOT_STARTED,
    AssignmentState.DRAFTING,
    AssignmentState.RETURNED_INSIDE,
    AssignmentState.RETURNED,
)
# Begun, and not with the ministry.
WORKING_STATES = (
    AssignmentState.DRAFTING,
    AssignmentState.AWAITING_APPROVAL,
    AssignmentState.RETURNED_INSIDE,
    AssignmentState.RETURNED,
)
# With the ministry: submitted, or said that nothing applies.
HANDED_IN_STATES = (
    AssignmentState.SUBMITTED,
    AssignmentState.NOT_APPLICABLE,
    AssignmentState.ACCEPTED,
)


class Origin(TextChoices):
    """How the value of an answer came in."""

    TYPED = "typed", "入力"
    CARRIED = "carried", "前回の値（未確認）"
    WORKBOOK = "workbook", "Excel"
    CALCULATED = "calculated", "自動計算"
    PROXY = "proxy", "代理入力"


class Stage(TextChoices):
    """Who returns a response, or remarks on it."""

    INSIDE = "inside", "庁内"
    PREFECTURE = "prefecture", "都道府県"
    MINISTRY = "ministry", "厚生労働省"


class ExtensionState(TextChoices):
    ASKED = "asked", "申請中"
    GRANTED = "granted", "承認"
    REFUSED = "refused", "不承認"
    WITHDRAWN = "withdrawn", "取下げ"
    GIVEN = "given", "申請によらない延長"


class PrefecturePart(TextChoices):
    """What prefectures do about the responses of their municipalities."""

    NONE = "none", "関与しない"
    WATCH = "watch", "状況を見る"
    CHECK = "check", "回答を確認する"


class ReminderRung(TextChoices):
    """Who is reminded: the first that has anybody."""

    WORKERS = "workers", "回答している人"
    WINDOW = "window", "窓口の課室"
    ORG_ADMIN = "org_admin", "機関管理者"


class ReleaseScope(TextChoices):
    """Who may see the results of a survey."""

    ANSWERED = "answered", "回答した機関"
    ALL = "all", "全ての機関"


class CompilationState(TextChoices):
    WAITING = "waiting", "待機中"
    RUNNING = "running", "集計中"
    DONE = "done", "完了"
    FAILED = "failed", "失敗"
    CANCELLED = "cancelled", "取消し"


COMPILATION_TRANSITIONS: dict[str, frozenset[str]] = {
    CompilationState.WAITING: frozenset({CompilationState.RUNNING, CompilationState.CANCELLED}),
    CompilationState.RUNNING: frozenset(
        {CompilationState.DONE, CompilationState.FAILED, CompilationState.CANCELLED}
    ),
    CompilationState.DONE: frozenset(),
    CompilationState.FAILED: frozenset(),
    CompilationState.CANCELLED: frozenset(),
}


class CompilationPart(TextChoices):
    """Sheets of a compilation beside 概要, 回答一覧 and 設問定義, which it always has."""

    LONG_FORM = "long_form", "縦持ち"
    SUMMARY = "summary", "集計・集計グラフ"
    FREE_TEXTS = "free_texts", "自由記述"
    UNANSWERED = "unanswered", "未回答"
    HISTORY = "history", "提出・訂正の履歴"


class CompilationFormat(TextChoices):
    """In what form a compilation is given."""

    XLSX = "xlsx", "Excel（.xlsx）"
    ZIP = "zip", "Excelと添付ファイル（.zip）"
    CSV_BOM = "csv_bom", "CSV（UTF-8、BOM付き。Excelで開くとき）"
    CSV = "csv", "CSV（UTF-8、BOMなし。プログラムで読むとき）"
    JSONL = "jsonl", "JSON Lines（.jsonl）"
