"""States of surveys, assignments and compilations, and which may follow which."""

from django.db.models import TextChoices


class SurveyState(TextChoices):
    DRAFT = "draft", "作成中"
    OPEN = "open", "受付中"
    CLOSED = "closed", "受付終了"


SURVEY_TRANSITIONS: dict[str, frozenset[str]] = {
    SurveyState.DRAFT: frozenset({SurveyState.OPEN}),
    SurveyState.OPEN: frozenset({SurveyState.CLOSED}),
    SurveyState.CLOSED: frozenset({SurveyState.OPEN}),
}


class AssignmentState(TextChoices):
    NOT_STARTED = "not_started", "未着手"
    DRAFTING = "drafting", "回答中"
    SUBMITTED = "submitted", "提出済み"


ASSIGNMENT_TRANSITIONS: dict[str, frozenset[str]] = {
    AssignmentState.NOT_STARTED: frozenset({AssignmentState.DRAFTING}),
    AssignmentState.DRAFTING: frozenset({AssignmentState.SUBMITTED}),
    AssignmentState.SUBMITTED: frozenset(),
}

ANSWERABLE_STATES = (AssignmentState.NOT_STARTED, AssignmentState.DRAFTING)


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
