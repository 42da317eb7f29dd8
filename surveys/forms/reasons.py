"""Reasons for warnings, as they are typed on the check page."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import Form
from surveys.models import WarningReason
from surveys.questionnaire import Finding

REASON_LENGTH = 400


class ReasonsForm(Form):
    """One reason for each warning that speaks."""

    def __init__(
        self,
        *args: Any,
        warnings: Collection[Finding],
        given: Mapping[str, WarningReason],
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        for finding in warnings:
            if finding.rule_id:
                held = given.get(finding.rule_id)
                self.fields[f"reason-{finding.rule_id}"] = PlainTextField(
                    label="理由",
                    lines=True,
                    max_length=REASON_LENGTH,
                    required=False,
                    initial=held.reason if held else "",
                    widget=forms.Textarea(attrs={"rows": 2}),
                )

    def reasons(self) -> dict[str, str]:
        """The reasons by rule id; empty where none is given."""
        return {
            name.removeprefix("reason-"): text.strip() for name, text in self.cleaned_data.items()
        }
