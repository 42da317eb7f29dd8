"""Which question is analysed and by what: the address of the page holds it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from onepublic.core.forms import Form
from surveys.analysis.asked import ACCEPTED_ONLY, QUESTION, Asked
from surveys.analysis.offered import Offered
from surveys.analysis.splitting import ATTRIBUTES

ATTRIBUTES_LABEL: Final = "団体の属性"
ITSELF: Final = "分け方は、選んだ設問とは別の設問を選んでください。"


class AnalysisForm(Form):
    """Bound as soon as the address says anything; ``asked()`` is what it says when it is valid."""

    question = forms.ChoiceField(label="設問・項目")
    by = forms.ChoiceField(label="分け方", required=False)
    counted = forms.ChoiceField(
        label="対象",
        required=False,
        choices=[("", "提出された回答の全て"), (ACCEPTED_ONLY, "受理した回答のみ")],
    )

    def __init__(self, sent: Mapping[str, Any], offered: Offered) -> None:
        super().__init__(sent if any(name in sent for name in self.base_fields) else None)
        self.offered = offered
        self.fields["question"].choices = offered.questions  # type: ignore[attr-defined]
        self.fields["by"].choices = [("", "分けない"), *self.splits]  # type: ignore[attr-defined]

    @property
    def splits(self) -> list[tuple[str, Sequence[tuple[str, str]]]]:
        """Pairs of key and label: the attributes, then the questions by section."""
        attributes = list(ATTRIBUTES.items())
        questions = [
            (section, [(f"{QUESTION}{key}", label) for key, label in options])
            for section, options in self.offered.splitting
        ]
        return [(ATTRIBUTES_LABEL, attributes), *questions]

    def clean(self) -> dict[str, Any]:
        """No question is split by its own answers."""
        cleaned: dict[str, Any] = self.cleaned_data
        key, by = cleaned.get("question"), cleaned.get("by")
        if key and by == f"{QUESTION}{key}":
            self.add_error("by", ITSELF)
        return cleaned

    def asked(self) -> Asked:
        """The question and the groups."""
        return Asked(
            self.offered.columns[self.cleaned_data["question"]],
            self.cleaned_data["by"],
            self.cleaned_data["counted"] == ACCEPTED_ONLY,
        )


class ChartForm(Form):
    """What of it the chart shows; blank for the usual."""

    chart = forms.ChoiceField(label="図に表すもの", required=False)

    def __init__(self, sent: Mapping[str, Any], choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(sent)
        self.fields["chart"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> str:
        """The word that was chosen; blank where it is none of those offered."""
        return str(self.cleaned_data.get("chart", "")) if self.is_valid() else ""
