"""One file per aggregate."""

from notices.models.contacts import Contact
from notices.models.cover_notes import CoverNote, CoverNoteFile
from notices.models.deliveries import Delivery, PastDelivery
from notices.models.drafts import DraftCopy, NoticeTemplate
from notices.models.notices import Notice, NoticeRelation, Topic
from notices.models.nudges import Nudge
from notices.models.numbers import IssuingRule, ReservedNumber
from notices.models.questions import Message, Question
from notices.models.readings import Reading
from notices.models.routes import TopicRoute
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
    "CoverNote",
    "CoverNoteFile",
    "Delivery",
    "DraftCopy",
    "FileText",
    "Issuer",
    "IssuingRule",
    "LabelSet",
    "Message",
    "Notice",
    "NoticeRelation",
    "NoticeTemplate",
    "NoticeVersion",
    "Nudge",
    "PastDelivery",
    "Question",
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
