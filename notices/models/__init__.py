"""One file per aggregate."""

from notices.models.deliveries import Delivery, PastDelivery, Reading, TopicRoute
from notices.models.notices import Notice, NoticeRelation, Topic
from notices.models.search import (
    LabelSet,
    SearchAudience,
    SearchAudienceMember,
    SearchEntry,
)
from notices.models.texts import FileText
from notices.models.versions import Attachment, AttachmentDownload, Issuer, NoticeVersion

__all__ = [
    "Attachment",
    "AttachmentDownload",
    "Delivery",
    "FileText",
    "Issuer",
    "LabelSet",
    "Notice",
    "NoticeRelation",
    "NoticeVersion",
    "PastDelivery",
    "Reading",
    "SearchAudience",
    "SearchAudienceMember",
    "SearchEntry",
    "Topic",
    "TopicRoute",
]
