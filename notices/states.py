"""What a notice is and which state may follow which."""

from django.db.models import TextChoices


class NoticeState(TextChoices):
    DRAFT = "draft", "起案中"
    IN_REVIEW = "in_review", "決裁待ち"
    RETURNED = "returned", "差戻し"
    PUBLISHED = "published", "発出済み"


NOTICE_TRANSITIONS: dict[str, frozenset[str]] = {
    NoticeState.DRAFT: frozenset({NoticeState.IN_REVIEW}),
    NoticeState.IN_REVIEW: frozenset({NoticeState.RETURNED, NoticeState.PUBLISHED}),
    NoticeState.RETURNED: frozenset({NoticeState.IN_REVIEW}),
    NoticeState.PUBLISHED: frozenset(),
}

EDITABLE_STATES = (NoticeState.DRAFT, NoticeState.RETURNED)


class Category(TextChoices):
    NOTICE = "notice", "通知"
    ADMIN_MESSAGE = "admin_message", "事務連絡"
    REQUEST = "request", "依頼"
    INFORMATION = "information", "周知"


class Importance(TextChoices):
    NORMAL = "normal", "通常"
    IMPORTANT = "important", "重要"
    URGENT = "urgent", "緊急"


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
