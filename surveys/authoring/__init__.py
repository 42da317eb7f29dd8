"""Writing a questionnaire step by step: each step makes a new document out of an old one.

It knows no Django. A document is the JSON of docs/questionnaire.md with ``sections`` and ``rules``;
besides them it keeps ``used``: the highest number that each kind of generated id has had, so that
the id of what was removed never comes back and old answers never meet a new question.
"""

from surveys.authoring.defaults import blank_question
from surveys.authoring.files import read_file, read_text, take_over, written_file
from surveys.authoring.finding import (
    Json,
    StepRefused,
    all_questions,
    find_question,
    find_rule,
    find_section,
    images_of,
    part_of,
    questions_before,
    short,
)
from surveys.authoring.ids import next_option_value, next_part_id
from surveys.authoring.incoming import Incoming, read_incoming
from surveys.authoring.performing import Done, Step, perform
from surveys.authoring.questions import (
    add_question,
    change_question,
    duplicate_question,
    move_question,
    remove_question,
    retype_question,
    shift_question,
)
from surveys.authoring.references import referrers
from surveys.authoring.rules import add_rule, change_rule, remove_rule
from surveys.authoring.sections import (
    add_section,
    change_section,
    duplicate_section,
    remove_section,
    shift_section,
)
from surveys.authoring.sheets import write_sheets
from surveys.authoring.slips import SheetsRefused, Slip
from surveys.authoring.wording import sentences
from surveys.authoring.xlsform import write_xlsform

__all__ = [
    "Done",
    "Incoming",
    "Json",
    "SheetsRefused",
    "Slip",
    "Step",
    "StepRefused",
    "add_question",
    "add_rule",
    "add_section",
    "all_questions",
    "blank_question",
    "change_question",
    "change_rule",
    "change_section",
    "duplicate_question",
    "duplicate_section",
    "find_question",
    "find_rule",
    "find_section",
    "images_of",
    "move_question",
    "next_option_value",
    "next_part_id",
    "part_of",
    "perform",
    "questions_before",
    "read_file",
    "read_incoming",
    "read_text",
    "referrers",
    "remove_question",
    "remove_rule",
    "remove_section",
    "retype_question",
    "sentences",
    "shift_question",
    "shift_section",
    "short",
    "take_over",
    "write_sheets",
    "write_xlsform",
    "written_file",
]
