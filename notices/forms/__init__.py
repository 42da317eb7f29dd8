"""Forms: they validate what was typed and hand plain values to the actions."""

from accounts.forms.audience import AudienceForm
from notices.forms.agreement import AgreementForm
from notices.forms.attachments import AttachmentsForm
from notices.forms.cover_notes import CoverNoteForm
from notices.forms.in_force import InForceForm
from notices.forms.manuscript import DraftForm, ManuscriptForm
from notices.forms.nudging import NudgeForm
from notices.forms.passing_on import DeclineForm, HandOverForm
from notices.forms.preview import Preview, preview_of
from notices.forms.questions import AnswerForm, PublicationForm, QuestionForm
from notices.forms.review import CorrectionForm, RelationForm, ReturnForm, WithdrawalForm
from notices.forms.ruling import IssuingRuleForm
from notices.forms.scheduling import ScheduleForm
from notices.forms.templates import TemplateForm

__all__ = [
    "AgreementForm",
    "AnswerForm",
    "AttachmentsForm",
    "AudienceForm",
    "CorrectionForm",
    "CoverNoteForm",
    "DeclineForm",
    "DraftForm",
    "HandOverForm",
    "InForceForm",
    "IssuingRuleForm",
    "ManuscriptForm",
    "NudgeForm",
    "Preview",
    "PublicationForm",
    "QuestionForm",
    "RelationForm",
    "ReturnForm",
    "ScheduleForm",
    "TemplateForm",
    "WithdrawalForm",
    "preview_of",
]
