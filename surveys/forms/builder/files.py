"""The file of a questionnaire, and what was read from one on its way to be confirmed."""

from django import forms

from onepublic.core.forms import Form
from surveys.authoring import Json, StepRefused, read_text

MOST_BYTES = 2_000_000
TOO_LARGE = "ファイルが大きすぎます。2MBまでのファイルを選んでください。"
LOST = "読み込んだ内容が失われました。もう一度ファイルを選んでください。"


class QuestionnaireFileForm(Form):
    """A file that replaces the questions."""

    file = forms.FileField(
        label="調査票のファイル",
        help_text="このポータルで保存したExcel（.xlsx）若しくはJSON（.json）、又はXLSForm（.xlsx）。2MBまで。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.json"}),
    )

    def clean_file(self) -> tuple[str, bytes]:
        """The name and the content; refused when it is larger than any questionnaire."""
        uploaded = self.cleaned_data["file"]
        if uploaded.size > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return uploaded.name or "", uploaded.read()


class HeldForm(Form):
    """What the confirmation showed, so that nothing else is taken over."""

    held = forms.CharField(widget=forms.HiddenInput, strip=False)

    def clean_held(self) -> Json:
        """The sections and rules. The language of questionnaires judges them once more."""
        try:
            return read_text(self.cleaned_data["held"])
        except StepRefused:
            raise forms.ValidationError(LOST) from None
