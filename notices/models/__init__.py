"""One file per aggregate."""

from notices.models.contacts import Contact
from notices.models.deliveries import Delivery, PastDelivery, Reading, TopicRoute
from notices.models.notices import Notice, NoticeRelation, Topic
from notices.models.numbers import IssuingRule, ReservedNumber
from notices.models.search import (
    LabelSet,
    SearchAudience,
    SearchAudienceMember,
    SearchEntry,
)
from notices.models.searches import SavedSearch, SavedSearchHit, UnmatchedNotice
from notices.models.texts import FileText
from notices.models.versions import Attachment, AttachmentDownload, Issuer, NoticeVersion

__all__ = [
    "Attachment",
    "AttachmentDownload",
    "Contact",
    "Delivery",
    "FileText",
    "Issuer",
    "IssuingRule",
    "LabelSet",
    "Notice",
    "NoticeRelation",
    "NoticeVersion",
    "PastDelivery",
    "Reading",
    "ReservedNumber",
    "SavedSearch",
    "SavedSearchHit",
    "SearchAudience",
    "SearchAudienceMember",
    "SearchEntry",
    "Topic",
    "TopicRoute",
    "UnmatchedNotice",
]
