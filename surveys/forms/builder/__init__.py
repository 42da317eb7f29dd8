"""What the pages send that write a questionnaire."""

from surveys.authoring.catalogue import GROUPS, SILENT, TYPE_LABELS
from surveys.forms.builder.conditions import FORMULA, PICK, ConditionEditor
from surveys.forms.builder.question import QuestionForm
from surveys.forms.builder.section import SectionForm
from surveys.forms.builder.sides import SideEditor

__all__ = [
    "FORMULA",
    "GROUPS",
    "PICK",
    "SILENT",
    "TYPE_LABELS",
    "ConditionEditor",
    "QuestionForm",
    "SectionForm",
    "SideEditor",
]
