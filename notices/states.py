"""What a notice is and which state may follow which."""

from django.db.models import TextChoices


class NoticeState(TextChoices):
    """The life of the permanent page."""

    UNPUBLISHED = "unpublished", "未発出"
    PUBLISHED = "published", "発出済み"
    WITHDRAWN = "withdrawn", "取下げ"


NOTICE_TRANSITIONS: dict[str, frozenset[str]] = {
    NoticeState.UNPUBLISHED: frozenset({NoticeState.PUBLISHED}),
    NoticeState.PUBLISHED: frozenset({NoticeState.WITHDRAWN}),
    NoticeState.WITHDRAWN: frozenset(),
}


class VersionState(TextChoices):
    """The way of one version, the first text or a correction, from draft to publication."""

    DRAFT = "draft", "起案中"
    IN_REVIEW = "in_review", "決裁待ち"
    RETURNED = "returned", "差戻し"
    SCHEDULED = "scheduled", "発出予約"
    PUBLISHED = "published", "発出済み"


VERSION_TRANSITIONS: dict[str, frozenset[str]] = {
    VersionState.DRAFT: frozenset({VersionState.IN_REVIEW}),
    VersionState.IN_REVIEW: frozenset(
        {VersionState.RETURNED, VersionState.SCHEDULED, VersionState.PUBLISHED}
    ),
    VersionState.RETURNED: frozenset({VersionState.IN_REVIEW}),
    VersionState.SCHEDULED: frozenset(
        {VersionState.IN_REVIEW, VersionState.RETURNED, VersionState.PUBLISHED}
    ),
    VersionState.PUBLISHED: frozenset(),
}

EDITABLE_STATES = (VersionState.DRAFT, VersionState.RETURNED)


class Category(TextChoices):
    NOTICE = "notice", "通知"
    ADMIN_MESSAGE = "admin_message", "事務連絡"
    REQUEST = "request", "依頼"
    INFORMATION = "information", "周知"


class Importance(TextChoices):
    NORMAL = "normal", "通常"
    IMPORTANT = "important", "重要"
    URGENT = "urgent", "緊急"


class Action(TextChoices):
    """What the addressees are asked to do; all but the first ask for a due date."""

    INFORM = "inform", "周知"
    CHECK = "check", "確認"
    ACT = "act", "対応"
    ANSWER = "answer", "回答"


class AttachmentKind(TextChoices):
    ANNEX = "annex", "別紙"
    SUPPLEMENT = "supplement", "別添"
    FORM = "form", "様式"
    COMPARISON = "comparison", "新旧対照表"
    REFERENCE = "reference", "参考資料"


class RelationKind(TextChoices):
    AMENDS = "amends", "改正"
    REPEALS = "repeals", "廃止"
    REPLACES = "replaces", "差替え"
    CORRECTS = "corrects", "訂正"
    RELATED = "related", "関連"


class NudgeAim(TextChoices):
    """Whom a reminder is for."""

    UNOPENED = "unopened", "未開封の団体"
    UNACKNOWLEDGED = "unacknowledged", "未確認の団体"


class ExtractionState(TextChoices):
    """How far the reading of a file's text is."""

    WAITING = "waiting", "文字の読取り待ち"
    DONE = "done", "文字を検索できます"
    EMPTY = "empty", "検索できる文字がありません"
    FAILED = "failed", "文字を読み取れません"


BINDING_KINDS = (
    RelationKind.AMENDS,
    RelationKind.REPEALS,
    RelationKind.REPLACES,
    RelationKind.CORRECTS,
)
"""What a later notice does to an earlier one; together they form a graph without cycles."""

ENDING_KINDS = (RelationKind.REPEALS, RelationKind.REPLACES)
"""After these the earlier notice is no longer in force."""
