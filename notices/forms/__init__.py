"""Forms: they validate what was typed and hand plain values to the actions."""

from notices.forms.agreement import AgreementForm
from notices.forms.attachments import AttachmentsForm
from notices.forms.audience import AudienceForm
from notices.forms.in_force import InForceForm
from notices.forms.manuscript import DraftForm, ManuscriptForm
from notices.forms.passing_on import DeclineForm, HandOverForm
from notices.forms.preview import Preview, preview_of
from notices.forms.review import CorrectionForm, RelationForm, ReturnForm, WithdrawalForm
from notices.forms.ruling import IssuingRuleForm
from notices.forms.scheduling import ScheduleForm

__all__ = [
    "AgreementForm",
    "AttachmentsForm",
    "AudienceForm",
    "CorrectionForm",
    "DeclineForm",
    "DraftForm",
    "HandOverForm",
    "InForceForm",
    "IssuingRuleForm",
    "ManuscriptForm",
    "Preview",
    "RelationForm",
    "ReturnForm",
    "ScheduleForm",
    "WithdrawalForm",
    "preview_of",
]
