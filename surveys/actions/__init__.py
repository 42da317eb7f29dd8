"""Verbs: each is one transaction with its lock, its check, its rows and its audit event."""

from surveys.actions.answers import FieldResult, Outcome, Saved, save_and_evaluate, save_answers
from surveys.actions.compilations import cancel_compilation, request_compilation
from surveys.actions.files import attach_file, detach_file
from surveys.actions.reasons import give_warning_reasons
from surveys.actions.submission import submit
from surveys.actions.surveys import close_survey, create_survey, open_survey

__all__ = [
    "FieldResult",
    "Outcome",
    "Saved",
    "attach_file",
    "cancel_compilation",
    "close_survey",
    "create_survey",
    "detach_file",
    "give_warning_reasons",
    "open_survey",
    "request_compilation",
    "save_and_evaluate",
    "save_answers",
    "submit",
]
