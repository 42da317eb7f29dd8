"""One file per aggregate."""

from surveys.models.assignments import Answer, Assignment, WarningReason
from surveys.models.compilations import Compilation
from surveys.models.surveys import QuestionnaireRevision, Survey

__all__ = [
    "Answer",
    "Assignment",
    "Compilation",
    "QuestionnaireRevision",
    "Survey",
    "WarningReason",
]
