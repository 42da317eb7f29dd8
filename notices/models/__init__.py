"""One file per aggregate."""

from notices.models.deliveries import Delivery, PastDelivery, Reading, TopicRoute
from notices.models.notices import Notice, NoticeRelation, Topic
from notices.models.versions import Attachment, AttachmentDownload, Issuer, NoticeVersion

__all__ = [
    "Attachment",
    "AttachmentDownload",
    "Delivery",
    "Issuer",
    "Notice",
    "NoticeRelation",
    "NoticeVersion",
    "PastDelivery",
    "Reading",
    "Topic",
    "TopicRoute",
]
