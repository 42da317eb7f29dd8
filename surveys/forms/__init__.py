"""What the pages of surveys and responses send, one file per page."""

from surveys.forms.answers import (
    INPUT,
    KEEP_THEIRS,
    UNREADABLE,
    Typed,
    digest,
    raw_values,
    seen_revisions,
    seen_token,
    sent_changes,
    typed_changes,
)
from surveys.forms.approval import ReturnInsideForm
from surveys.forms.parts import GiveBackForm, HandResponseForm, HandSectionForm
from surveys.forms.reasons import ReasonsForm

__all__ = [
    "INPUT",
    "KEEP_THEIRS",
    "UNREADABLE",
    "GiveBackForm",
    "HandResponseForm",
    "HandSectionForm",
    "ReasonsForm",
    "ReturnInsideForm",
    "Typed",
    "digest",
    "raw_values",
    "seen_revisions",
    "seen_token",
    "sent_changes",
    "typed_changes",
]
