"""An image between the questions: its file, and the words that stand for it."""

from typing import Any

from django import forms
from django.conf import settings

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import Form
from surveys.actions.image_files import ENDINGS
from surveys.forms.builder.contents import CONTENTS


class ImageForm(Form):
    """``content()``: the keys of the question that were typed; the file is stored by its verb."""

    file = forms.FileField(label="画像のファイル", max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.QUESTION_IMAGE_MAX_BYTES
        self.fields["file"].widget = forms.FileInput(
            attrs={"accept": ",".join(ENDINGS), "data-max-bytes": limit}
        )
        self.fields["file"].help_text = f"PNG又はJPEG、{limit / 1024**2:.3g}MB以下"
        for name, make in CONTENTS["image"].items():
            self.fields[name] = make()
        self.fields["label"] = PlainTextField(label="見出し", max_length=500, required=False)

    def content(self) -> dict[str, Any]:
        """The words, blank ones left away. Only after ``is_valid``."""
        sent = self.cleaned_data
        return {key: sent[key] for key in ("label", "alt", "caption") if sent[key]}
