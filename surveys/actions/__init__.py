"""Verbs: each is one transaction with its lock, its check, its rows and its audit event."""

from surveys.actions.accepting import accept_responses
from surveys.actions.answers import FieldResult, Outcome, Saved, save_and_evaluate, save_answers
from surveys.actions.approval import (
    request_approval,
    return_inside,
    withdraw_approval_request,
)
from surveys.actions.asking_publication import ask_for_publication
from surveys.actions.bank import keep_question, retire_question
from surveys.actions.carrying import carry_over, confirm_carried
from surveys.actions.commenting import comment_on
from surveys.actions.compilations import cancel_compilation, request_compilation
from surveys.actions.deciding import (
    approve,
    ask_for_approval,
    cancel_schedule,
    return_survey,
    withdraw_request,
)
from surveys.actions.drafting import (
    begin_survey,
    edit_survey,
    set_survey_audience,
    take_over_questions,
)
from surveys.actions.ending import cancel_survey, reopen_survey
from surveys.actions.extensions import ask_extension, decide_extensions, withdraw_extension
from surveys.actions.files import attach_file, detach_file
from surveys.actions.gathering import give_response_back, hand_response
from surveys.actions.giving_back import return_responses
from surveys.actions.giving_time import give_time
from surveys.actions.images import place_image
from surveys.actions.parts import give_back, hand_section, mark_section
from surveys.actions.pulling_back import pull_back
from surveys.actions.questionnaires import (
    Applied,
    Subject,
    apply_step,
    mark_of,
    redo,
    undo,
)
from surveys.actions.reasons import give_warning_reasons
from surveys.actions.remarks import settle_remark
from surveys.actions.reminding import plan_reminders, remind_now, remind_on_plan
from surveys.actions.revising import begin_revision, discard_revision, publish_revision
from surveys.actions.scheduled import close_overdue, open_scheduled
from surveys.actions.submission import declare_not_applicable, submit
from surveys.actions.succeeding import follow_mergers
from surveys.actions.surveys import close_survey, create_survey, open_survey
from surveys.actions.templates import (
    begin_from_template,
    keep_template,
    rename_template,
    retire_template,
)
from surveys.actions.widening import widen_audience

__all__ = [
    "Applied",
    "FieldResult",
    "Outcome",
    "Saved",
    "Subject",
    "accept_responses",
    "apply_step",
    "approve",
    "ask_extension",
    "ask_for_approval",
    "ask_for_publication",
    "attach_file",
    "begin_from_template",
    "begin_revision",
    "begin_survey",
    "cancel_compilation",
    "cancel_schedule",
    "cancel_survey",
    "carry_over",
    "close_overdue",
    "close_survey",
    "comment_on",
    "confirm_carried",
    "create_survey",
    "decide_extensions",
    "declare_not_applicable",
    "detach_file",
    "discard_revision",
    "edit_survey",
    "follow_mergers",
    "give_back",
    "give_response_back",
    "give_time",
    "give_warning_reasons",
    "hand_response",
    "hand_section",
    "keep_question",
    "keep_template",
    "mark_of",
    "mark_section",
    "open_scheduled",
    "open_survey",
    "place_image",
    "plan_reminders",
    "publish_revision",
    "pull_back",
    "redo",
    "remind_now",
    "remind_on_plan",
    "rename_template",
    "reopen_survey",
    "request_approval",
    "request_compilation",
    "retire_question",
    "retire_template",
    "return_inside",
    "return_responses",
    "return_survey",
    "save_and_evaluate",
    "save_answers",
    "set_survey_audience",
    "settle_remark",
    "submit",
    "take_over_questions",
    "undo",
    "widen_audience",
    "withdraw_approval_request",
    "withdraw_extension",
    "withdraw_request",
]
