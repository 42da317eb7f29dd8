"""The text of a notice: begun with DraftForm, changed with ManuscriptForm."""

from itertools import groupby
from typing import Any, cast
from uuid import uuid4

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.utils import timezone

from accounts.models import Division, User
from accounts.states import Level
from notices.actions.drafting import Manuscript
from notices.models import NoticeVersion, Topic
from notices.permissions import drafting_division_ids
from notices.states import Category, Importance
from onepublic.core.fields import PlainTextField, WarekiDateField
from onepublic.core.forms import Form
from onepublic.core.wareki import wareki

JOINT_FIELDS = ("joint_1", "joint_2", "joint_3")
DATE_HELP = "「令和8年11月23日」「R8.11.23」「2026-11-23」のいずれの書き方もできます。"


class ManuscriptForm(Form):
    """``manuscript()`` gives what was typed; ``revision`` is the one that the page showed.

    A correction keeps the topics of the page.
    """

    category = forms.ChoiceField(label="種別", choices=Category.choices)
    number = PlainTextField(
        label="文書番号",
        max_length=60,
        required=False,
        help_text="印刷するとおりに入力してください（例：医政発1123第1号）。",
    )
    issued_on = WarekiDateField(label="発出日", help_text=DATE_HELP)
    joint_1 = forms.ChoiceField(label="連名１", required=False)
    joint_2 = forms.ChoiceField(label="連名２", required=False)
    joint_3 = forms.ChoiceField(label="連名３", required=False)
    addressee_line = PlainTextField(
        label="宛名",
        max_length=200,
        required=False,
        help_text="印刷する宛名です（例：各 都道府県知事 殿）。送り先の団体は別に選びます。",
    )
    title = PlainTextField(label="件名", max_length=200)
    body = PlainTextField(
        label="本文",
        lines=True,
        strip=False,  # the first line may begin with a full-width indent
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text="20,000文字まで。改行や字下げはそのまま表示されます。見出しや表も書けます。",
    )
    importance = forms.ChoiceField(
        label="重要度", choices=Importance.choices, widget=forms.RadioSelect
    )
    due_on = WarekiDateField(
        label="対応の期限", required=False, help_text="回答や対応を求めるときに入力してください。"
    )
    contact = PlainTextField(
        label="問合せ先",
        lines=True,
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="担当課室、内線番号、メールアドレスなど。",
    )
    notify_by_mail = forms.BooleanField(
        label="宛先の窓口の職員にメールで知らせる",
        required=False,
        help_text="メールには件名と通知のページのアドレスだけを書きます。本文と添付は送りません。",
    )
    topics = forms.ModelMultipleChoiceField(
        label="分野",
        queryset=Topic.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, is_correction: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = _ministry_divisions()
        for name in JOINT_FIELDS:
            cast(forms.ChoiceField, self.fields[name]).choices = choices
        if is_correction or not Topic.objects.exists():
            del self.fields["topics"]

    @property
    def helper(self) -> FormHelper:
        """The order of the fields; the page brings the form tag and its buttons."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(*self.opening(), *self.text_and_contact(), "revision")
        return helper

    def opening(self) -> list[Any]:
        """What stands above the text on the printed page."""
        joint = Fieldset("連名の課室（ある場合）", Row(*JOINT_FIELDS))
        return ["category", "number", "issued_on", joint, "addressee_line"]

    def text_and_contact(self) -> list[Any]:
        """The text, and what surrounds it."""
        rest = ["title", "body", "importance", "due_on", "contact", "notify_by_mail"]
        topics = InlineCheckboxes("topics", wrapper_class="choices-even")
        return [*rest, *([topics] if "topics" in self.fields else [])]

    def manuscript(self) -> Manuscript:
        """The text of a valid form."""
        values = dict(self.cleaned_data)
        chosen = [int(values.pop(name)) for name in JOINT_FIELDS if values[name]]
        divisions = Division.objects.in_bulk(chosen)
        names = {name for name in Manuscript.__slots__ if name in values}
        return Manuscript(
            joint_issuers=[divisions[key] for key in chosen],
            **{name: values[name] for name in names},
        )

    @classmethod
    def initial_of(cls, version: NoticeVersion) -> dict[str, Any]:
        """What the form shows of a draft."""
        joint = version.issuers.exclude(division=version.notice.division_id)
        keys = list(joint.values_list("division", flat=True))
        return {
            **{name: getattr(version, name) for name in cls.base_fields if hasattr(version, name)},
            **dict(zip(JOINT_FIELDS, keys, strict=False)),
            "issued_on": wareki(version.issued_on, weekday=False),
            "due_on": wareki(version.due_on, weekday=False) if version.due_on else "",
            "topics": version.notice.topics.all(),
            "revision": version.notice.revision,
        }


class DraftForm(ManuscriptForm):
    """A new notice: also which division issues it, and the key that makes a repeat harmless."""

    division = forms.ModelChoiceField(
        label="発出元の課室", queryset=Division.objects.none(), empty_label=None
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        initial = {
            "issued_on": wareki(timezone.localdate(), weekday=False),
            "importance": Importance.NORMAL,
            "notify_by_mail": True,
            "key": uuid4(),
        }
        super().__init__(*args, initial=initial, **kwargs)
        field = cast("forms.ModelChoiceField[Division]", self.fields["division"])
        mine = Division.objects.filter(pk__in=drafting_division_ids(user))
        field.queryset = mine.select_related("parent")

    def opening(self) -> list[Any]:
        """The issuing division comes first."""
        return ["division", *super().opening()]

    def text_and_contact(self) -> list[Any]:
        """The hidden key goes last: between two fields it would swallow their distance."""
        return [*super().text_and_contact(), "key"]


def _ministry_divisions() -> list[tuple[Any, Any]]:
    divisions = (
        Division.objects.in_force()
        .filter(organization__level=Level.MINISTRY)
        .select_related("parent")
        .order_by("pk")
    )
    groups = groupby(divisions, key=lambda division: division.bureau_name or "大臣官房など")
    return [
        ("", "なし"),
        *((bureau, [(str(d.pk), _inside_bureau(d)) for d in group]) for bureau, group in groups),
    ]


def _inside_bureau(division: Division) -> str:
    return division.full_name.removeprefix(division.bureau_name).strip()
