"""Naming an organization in a form: by its code, or by a name that only one bears."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from accounts.models import Organization

MOST = 20
_CODE_AT_END = re.compile(r"[（(]([0-9A-Za-z-]+)[）)]\s*$")


def written(organization: Organization) -> str:
    """``北海道札幌市（011002）``: as a proposal is written into the field, and read from it."""
    return f"{organization.full_name}（{organization.code}）"


class OrganizationInput(forms.TextInput):
    """A text field that proposes organizations; ``matches`` are proposed without a script too."""

    template_name = "dads/widgets/combobox.html"
    matches: list[Organization] = []

    def format_value(self, value: Any) -> str | None:
        """An organization as it is written; what was typed stays as it was typed."""
        return written(value) if isinstance(value, Organization) else value

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The widget's context with the address that proposes, and the matches to choose from."""
        context = super().get_context(name, value, attrs)
        given = context["widget"]["attrs"]
        context["widget"] |= {
            "url": reverse_lazy("organization_search"),
            "options": [written(one) for one in self.matches],
            "described_by": given.get("aria-describedby", ""),
            "invalid": given.get("aria-invalid") == "true",
        }
        return context


class OrganizationField(forms.CharField):
    """``cleaned_data`` holds an Organization in force today, or None when blank."""

    widget = OrganizationInput

    def clean(self, value: Any) -> Organization | None:
        """The one organization meant; raises ValidationError when none or several may be."""
        text = super().clean(value)
        if not text:
            return None
        found = _meant(text)
        if len(found) == 1:
            return found[0]
        if isinstance(self.widget, OrganizationInput):
            self.widget.matches = found
        raise ValidationError(_complaint(found), code="invalid")


def _meant(text: str) -> list[Organization]:
    in_force = Organization.objects.in_force()
    if code := _CODE_AT_END.search(text):
        return list(in_force.filter(code=code[1]))
    found = list(in_force.named_like(text)[:MOST])
    exact = [one for one in found if text.strip() in {one.full_name, one.name, one.code}]
    return exact if len(exact) == 1 else found


def _complaint(found: list[Organization]) -> str:
    if not found:
        return "該当する機関がありません。名称、よみ又は機関コードを確認してください。"
    named = "、".join(written(one) for one in found[:5])
    more = "など" if len(found) > 5 else ""
    return f"機関を１つに決められません。「{named}」{more}からお選びください。"
