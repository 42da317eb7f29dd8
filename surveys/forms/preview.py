"""For which kind of organization a questionnaire is looked at."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from onepublic.core.forms import Form
from surveys.questionnaire.attributes import VOCABULARY

DEFAULTS: Final = {"kind": "city", "prefecture_code": "13"}


class PreviewForm(Form):
    """Kind, prefecture and health center of the imagined organization."""

    kind = forms.ChoiceField(label="団体の種別", choices=list(VOCABULARY["kind"].items()))
    prefecture_code = forms.ChoiceField(
        label="都道府県", choices=list(VOCABULARY["prefecture_code"].items())
    )
    has_health_center = forms.BooleanField(label="保健所を設置している", required=False)

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "PreviewForm":
        """A valid form of what the address asks; of the defaults where that is no choice."""
        form = cls(DEFAULTS | {name: asked[name] for name in cls.base_fields if name in asked})
        if form.is_valid():
            return form
        fallback = cls(DEFAULTS)
        fallback.full_clean()
        return fallback

    @property
    def body(self) -> dict[str, Any]:
        """The attributes by name: two texts and a bool."""
        return dict(self.cleaned_data)
