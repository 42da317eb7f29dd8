"""Revisions of a questionnaire: what changes, and which answers that reaches."""

from surveys.questionnaire.revising.changes import Change, Touch
from surveys.questionnaire.revising.comparing import compare

__all__ = ["Change", "Touch", "compare"]
