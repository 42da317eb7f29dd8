"""One file per aggregate."""

from surveys.models.answers import Answer, PastAnswer, WarningReason
from surveys.models.assignments import Assignment
from surveys.models.bank import AskedQuestion, BankQuestion, QuestionnaireTemplate
from surveys.models.compilations import Compilation, CompilationLayout
from surveys.models.inquiries import Inquiry
from surveys.models.prefectures import PrefectureRound, ProxyEntry
from surveys.models.releases import Release
from surveys.models.reminders import Reminder, ReminderRecipient
from surveys.models.surveys import QuestionnaireEdit, QuestionnaireRevision, Survey
from surveys.models.work import (
    AnswerUpload,
    ExtensionRequest,
    Remark,
    SectionWork,
    Submission,
)

__all__ = [
    "Answer",
    "AnswerUpload",
    "AskedQuestion",
    "Assignment",
    "BankQuestion",
    "Compilation",
    "CompilationLayout",
    "ExtensionRequest",
    "Inquiry",
    "PastAnswer",
    "PrefectureRound",
    "ProxyEntry",
    "QuestionnaireEdit",
    "QuestionnaireRevision",
    "QuestionnaireTemplate",
    "Release",
    "Remark",
    "Reminder",
    "ReminderRecipient",
    "SectionWork",
    "Submission",
    "Survey",
    "WarningReason",
]
