"""Files that are attached to a notice."""

from django import forms

from notices.states import AttachmentKind
from onepublic.core.forms import BareForm
from onepublic.files.forms import FilesField, FilesInput
from onepublic.files.types import ACCEPTED_ENDINGS


class AttachmentsForm(BareForm):
    """``uploads`` of one ``kind``; ``revision`` is the one that the page showed."""

    kind = forms.ChoiceField(label="区分", choices=AttachmentKind.choices)
    uploads = FilesField(
        label="ファイル",
        max_length=500,
        widget=FilesInput(attrs={"accept": ",".join(ACCEPTED_ENDINGS)}),
        help_text="複数のファイルを一度に選べます。PDF、Word、Excel、PowerPoint、ZIP、画像、テキストを添付できます。",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
