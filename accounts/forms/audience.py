"""Who is addressed: kinds, areas, and single organizations added or left out."""

from typing import Any, cast

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout
from django import forms
from django.core.exceptions import ValidationError

from accounts.audience import SELECTABLE_KINDS, AudienceRule
from accounts.models import Division, Organization, RecipientGroup
from accounts.naming import Pasted, organizations_in
from accounts.states import Level
from onepublic.core.fields import PlainTextField
from onepublic.core.forms import Form, bare_helper

MOST_CODES = 2_000
# With a keyboard, 55 areas stand between the kinds and the button that saves.
PAST_AREAS = '<a class="hidden-visually" href="#id_query">地域の選択を飛ばす</a>'
TOO_MANY_LINES = "一度に貼り付けられるのは2,000行までです。"


def is_code(text: str) -> bool:
    """Whether it may be a code of an organization: short, plain, without control characters."""
    return len(text) <= 20 and text.isascii() and text.isprintable()


class CodesField(forms.MultipleChoiceField):
    """Codes of organizations; the form checks that they exist, in one query for both lists."""

    widget = forms.MultipleHiddenInput

    def valid_value(self, value: str) -> bool:
        """Whatever looks like a code: which codes exist is asked once, in the form."""
        return is_code(value)


class CheckboxesField(forms.MultipleChoiceField):
    """Any number of choices, none included, as checkboxes."""

    widget = forms.CheckboxSelectMultiple


class AudienceForm(Form):
    """``rule()`` gives what was chosen; ``query`` looks for single organizations by name.

    ``revision`` is handed back as the page showed it; its meaning is the page's.
    """

    kinds = CheckboxesField(
        label="団体の種別", choices=list(SELECTABLE_KINDS.items()), required=False
    )
    health_center_only = forms.BooleanField(
        label="選んだ種別のうち、保健所を設置する団体だけにする", required=False
    )
    bureaus = CheckboxesField(
        label="地方厚生（支）局の管内", required=False, help_text="選ばないときは全国です。"
    )
    prefectures = CheckboxesField(
        label="都道府県",
        required=False,
        help_text="選ばないときは全国です。厚生局と都道府県の両方を選ぶと、どちらかに当たる団体が宛先になります。",
    )
    query = PlainTextField(
        label="団体の名称で探す",
        max_length=60,
        required=False,
        help_text="名称またはよみの一部を入力してください（例：札幌市、さっぽろ）。",
        error_messages={"max_length": "団体の名称は%(limit_value)d文字以内で入力してください。"},
    )
    codes = CodesField(label="加える団体", required=False)
    excluded_codes = CodesField(label="除く団体", required=False)
    pasted = PlainTextField(
        label="団体の一覧を貼り付ける",
        lines=True,
        max_length=60_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=(
            "団体名または団体コードを１行に１つずつ。Excelの「都道府県・市区町村」の列も、"
            "そのまま貼り付けられます（2,000行まで）。"
        ),
    )
    group = forms.ModelChoiceField(
        label="保存した宛先グループ",
        queryset=RecipientGroup.objects.none(),
        required=False,
        empty_label="選んでください",
    )
    group_name = PlainTextField(label="宛先グループの名称", max_length=60, required=False)
    revision = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, division: Division, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = cast("forms.ModelChoiceField[RecipientGroup]", self.fields["group"])
        groups.queryset = RecipientGroup.objects.filter(division=division).order_by("name")
        areas = list(
            Organization.objects.in_force()
            .filter(level__in=[Level.PREFECTURE, Level.REGIONAL_BUREAU])
            .order_by("prefecture_code", "pk")
            .values_list("level", "code", "prefecture_code", "name")
        )
        cast(forms.MultipleChoiceField, self.fields["bureaus"]).choices = [
            (code, name) for level, code, _, name in areas if level == Level.REGIONAL_BUREAU
        ]
        cast(forms.MultipleChoiceField, self.fields["prefectures"]).choices = [
            (digits, name) for level, _, digits, name in areas if level == Level.PREFECTURE
        ]

    @property
    def helper(self) -> FormHelper:
        """Kinds and areas; the page writes the search and the single organizations itself."""
        helper = bare_helper()
        helper.layout = Layout(
            "revision",
            InlineCheckboxes("kinds", wrapper_class="choices-even"),
            "health_center_only",
            HTML(PAST_AREAS),
            InlineCheckboxes("bureaus", wrapper_class="choices-even"),
            InlineCheckboxes("prefectures", wrapper_class="choices-even"),
        )
        return helper

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for an unknown code, or for one both added and left out."""
        cleaned = super().clean() or {}
        added, left_out = set(cleaned.get("codes", ())), set(cleaned.get("excluded_codes", ()))
        if isinstance(pasted := cleaned.get("pasted"), Pasted):
            added |= {organization.code for organization in pasted.found}
        if len(added | left_out) > MOST_CODES:
            raise ValidationError("個別に指定できる団体は2,000件までです。")
        known = Organization.objects.in_force().filter(code__in=added | left_out)
        if known.count() < len(added | left_out):
            raise ValidationError(
                "存在しない団体コードが含まれています。画面を開き直してください。"
            )
        if added & left_out:
            raise ValidationError("同じ団体に「加える」と「除く」の両方が選ばれています。")
        return cleaned

    def clean_pasted(self) -> Pasted:
        """What the pasted lines name; raises ValidationError that lists what nobody is."""
        try:
            pasted = organizations_in(self.cleaned_data["pasted"])
        except ValueError:
            raise ValidationError(TOO_MANY_LINES) from None
        complaints = [f"「{written}」に当たる団体がありません。" for written in pasted.unknown]
        complaints += [
            f"「{written}」は{'、'.join(names)}のどれか決められません。"
            for written, names in pasted.ambiguous
        ]
        if complaints:
            raise ValidationError(complaints)
        return pasted

    def rule(self) -> AudienceRule:
        """The rule of a valid form."""
        names = AudienceRule.__slots__
        chosen = {name: self.cleaned_data[name] for name in names}
        pasted = [organization.code for organization in self.cleaned_data["pasted"].found]
        return AudienceRule(**chosen | {"codes": list(dict.fromkeys([*chosen["codes"], *pasted]))})
