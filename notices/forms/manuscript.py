"""The text of a notice: begun with DraftForm, changed with ManuscriptForm."""

import dataclasses
from datetime import date
from typing import Any, cast

from crispy_forms.bootstrap import InlineCheckboxes, InlineRadios
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.utils import timezone

from accounts.models import Division, User
from notices.actions.keeping import text_of
from notices.actions.manuscript import Manuscript
from notices.forms.contacts import (
    check_contacts,
    contact_fields,
    contact_layout,
    contacts_of,
    initial_contacts,
)
from notices.forms.issuers import initial_issuers, issuer_fields, issuer_layout, issuers_of
from notices.models import NoticeVersion, Topic
from notices.permissions import drafting_division_ids
from notices.states import Action, Category, Importance
from onepublic.core.fields import PlainTextField, WarekiDateField
from onepublic.core.forms import Form, KeyedForm, bare_helper
from onepublic.core.wareki import wareki

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
        help_text=(
            "印刷するとおりに入力してください（例：医政発1123第1号）。"
            "空けておくと、保存したあとに「番号を付ける」で採番できます。"
        ),
    )
    issued_on = WarekiDateField(label="発出日", help_text=DATE_HELP)
    effective_on = WarekiDateField(label="施行日・適用日", required=False)
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
    action_asked = forms.ChoiceField(
        label="求める対応",
        choices=Action.choices,
        widget=forms.RadioSelect,
        help_text="「確認」「対応」「回答」を求めるときは、期限も入力してください。",
    )
    due_on = WarekiDateField(label="対応の期限", required=False)
    notify_by_mail = forms.BooleanField(
        label="宛先の担当の職員にメールで知らせる",
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
        self.fields |= {**issuer_fields(), **contact_fields()}
        if is_correction or not Topic.objects.exists():
            del self.fields["topics"]

    def clean(self) -> None:
        """What no field can know alone."""
        check_contacts(self)

    @property
    def helper(self) -> FormHelper:
        """The order of the fields; the page brings the form tag and its buttons."""
        helper = bare_helper()
        helper.layout = Layout(*self.opening(), *self.text_and_contact(), "revision")
        return helper

    def opening(self) -> list[Any]:
        """What stands above the text on the printed page."""
        days = Row("issued_on", "effective_on")
        head = ["category", "number", days, issuer_layout(self)]
        return [Fieldset("種別・番号・発出元", *self.issuing(), *head)]

    def issuing(self) -> list[str]:
        """The division, where it can be chosen."""
        return []

    def text_and_contact(self) -> list[Any]:
        """The text, and what surrounds it."""
        choices = [InlineRadios("importance"), InlineRadios("action_asked")]
        topics = InlineCheckboxes("topics", wrapper_class="choices-even")
        shown = [topics] if "topics" in self.fields else []
        return [
            Fieldset("宛名・件名・本文", "addressee_line", "title", "body"),
            Fieldset("重要度と求める対応", *choices, "due_on"),
            *contact_layout(self),
            Fieldset("お知らせと分野" if shown else "お知らせ", "notify_by_mail", *shown),
        ]

    def manuscript(self) -> Manuscript:
        """The text of a valid form."""
        joint, own_place = issuers_of(self)
        names = {field.name for field in dataclasses.fields(Manuscript)} & set(self.base_fields)
        return Manuscript(
            joint_issuers=joint,
            own_place=own_place,
            contacts=contacts_of(self),
            **{name: self.cleaned_data[name] for name in names if name in self.cleaned_data},
        )

    @classmethod
    def initial_of(cls, version: NoticeVersion) -> dict[str, Any]:
        """What the form shows of a draft."""
        return {**cls.initial_from(text_of(version)), "revision": version.notice.revision}

    @classmethod
    def initial_from(cls, text: Manuscript) -> dict[str, Any]:
        """What the form shows of a text, such as that of a template."""
        return {
            **{name: getattr(text, name) for name in cls.base_fields if hasattr(text, name)},
            **initial_issuers(text),
            **initial_contacts(text),
            "issued_on": _shown(text.issued_on),
            "effective_on": _shown(text.effective_on),
            "due_on": _shown(text.due_on),
        }


class DraftForm(KeyedForm, ManuscriptForm):
    """A new notice: also which division issues it.

    ``source`` is the text with which it begins, of a template or an earlier notice.
    """

    division = forms.ModelChoiceField(
        label="発出元の課室",
        queryset=Division.objects.none(),
        empty_label=None,
        help_text="下書きが保存されたあとは、変更できません。",
    )

    def __init__(
        self, *args: Any, user: User, source: Manuscript | None = None, **kwargs: Any
    ) -> None:
        initial = {
            "issued_on": wareki(timezone.localdate(), weekday=False),
            "importance": Importance.NORMAL,
            "action_asked": Action.INFORM,
            "notify_by_mail": True,
            **(self.initial_from(source) if source else {}),
        }
        super().__init__(*args, initial=initial, **kwargs)
        field = cast("forms.ModelChoiceField[Division]", self.fields["division"])
        mine = Division.objects.filter(pk__in=drafting_division_ids(user))
        field.queryset = mine.select_related("parent")

    def issuing(self) -> list[str]:
        """The issuing division comes first."""
        return ["division"]

    def text_and_contact(self) -> list[Any]:
        """The hidden key goes last: between two fields it would swallow their distance."""
        return [*super().text_and_contact(), "key"]


def _shown(day: date | None) -> str:
    return wareki(day, weekday=False) if day else ""
