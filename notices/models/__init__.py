"""One file per aggregate."""

from notices.models.deliveries import Delivery, Reading
from notices.models.notices import Notice, NoticeRelation, Topic
from notices.models.versions import Attachment, Issuer, NoticeVersion

__all__ = [
    "Attachment",
    "Delivery",
    "Issuer",
    "Notice",
    "NoticeRelation",
    "NoticeVersion",
    "Reading",
    "Topic",
]
