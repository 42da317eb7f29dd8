"""The frame of a survey: what it is for, when, and how it is answered."""

from typing import Any, cast
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils import timezone

from accounts.models import Division, User
from onepublic.core.fields import PlainTextField, WarekiDateField
from onepublic.core.forms import Form, bare_helper
from onepublic.core.wareki import fiscal_year, wareki_year
from surveys.models import QuestionnaireTemplate, Survey
from surveys.permissions import drafting_division_ids
from surveys.querysets import SurveyQuerySet
from surveys.states import PrefecturePart

DATE_HELP = "「令和8年11月23日」「R8.11.23」「2026-11-23」のいずれの書き方もできます。"
WRONG_ORDER = "回答の期限は、受付の開始日以後の日にしてください。"
WRONG_DIVISION = "前回の調査は、実施する課室の調査から選んでください。"
NOT_OFFERED = "選んだひな形は、この課室では使えません。ひな形を登録した課室を選んでください。"
MOST_MINUTES = 6_000


class PreviousField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An earlier survey, by title and year."""

    def label_from_instance(self, survey: Any) -> str:
        """``相談体制の調査（令和７年度）``."""
        return f"{survey.title}（{wareki_year(survey.fiscal_year)}）"


class FrameForm(Form):
    """``frame()`` gives the values of Survey that were typed; ``mark`` is what the page showed."""

    title = PlainTextField(label="調査名", max_length=200)
    purpose = PlainTextField(
        label="目的と結果の使い方",
        lines=True,
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="何のために調べ、結果を何に使い、いつ公表するか。依頼先の全員に表示されます。",
    )
    fiscal_year = forms.TypedChoiceField(label="年度", coerce=int)
    base_date = WarekiDateField(label="基準日", required=False)
    record_period = PlainTextField(
        label="実績の対象期間",
        max_length=60,
        required=False,
        help_text="実績を尋ねるときに入力してください（例：令和７年４月～令和８年３月）。",
    )
    opens_on = WarekiDateField(label="受付の開始日", help_text=DATE_HELP)
    due_on = WarekiDateField(label="回答の期限", help_text="この日の24時までの提出が期限内です。")
    accepts_late = forms.BooleanField(
        label="期限を過ぎた提出も受け付ける",
        required=False,
        help_text="外すと、期限の日の24時を過ぎた提出はできません（個別に延長した機関を除く）。"
        "どの機関も提出できなくなったときに、受付を自動で終了します。",
    )
    estimated_minutes = forms.IntegerField(
        label="回答に要する時間の見込み（分）",
        required=False,
        min_value=1,
        max_value=MOST_MINUTES,
        help_text="１機関が回答を終えるまでの見込みです。",
    )
    contact = PlainTextField(
        label="問合せ先",
        lines=True,
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    prefecture_part = forms.ChoiceField(
        label="市区町村の回答への都道府県の関わり",
        choices=[
            (PrefecturePart.NONE, "関与しない（管内の市区町村の状況も表示しない）"),
            (PrefecturePart.WATCH, "管内の市区町村の状況を見て、連絡できる"),
            (PrefecturePart.CHECK, "厚生労働省より先に回答を確認し、差し戻せる"),
        ],
        widget=forms.RadioSelect,
    )
    prefectures_read_drafts = forms.BooleanField(
        label="都道府県が、管内の市区町村の提出前の回答も閲覧できる",
        required=False,
        help_text="都道府県が関与しない調査では、チェックしても閲覧できません。",
    )
    related_notice_number = PlainTextField(
        label="依頼の文書番号",
        max_length=60,
        required=False,
        help_text="調査を依頼する通知の番号です（例：健生発1123第1号）。",
    )
    previous = PreviousField(
        label="前回の調査",
        queryset=Survey.objects.none(),
        required=False,
        empty_label="なし（初めての調査）",
        help_text="選ぶと、前回の回答を比較や引継ぎに使えます。",
    )
    notify_by_mail = forms.BooleanField(
        label="受付を始めたことを、依頼先の窓口の職員にメールで知らせる", required=False
    )
    mark = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, surveys: SurveyQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this_year = fiscal_year(timezone.localdate())
        years = {*range(this_year - 5, this_year + 3), self.initial.get("fiscal_year", this_year)}
        year = cast("forms.TypedChoiceField", self.fields["fiscal_year"])
        year.choices = [(each, wareki_year(each)) for each in sorted(years, reverse=True)]
        previous = cast("forms.ModelChoiceField[Survey]", self.fields["previous"])
        previous.queryset = surveys.started().order_by("-opens_on", "-pk")

    @property
    def helper(self) -> FormHelper:
        """The order of the fields; the page brings the form tag and its buttons."""
        helper = bare_helper()
        helper.layout = Layout(
            Fieldset("調査の概要", *self.opening(), "title", "purpose", "fiscal_year", "previous"),
            Fieldset("対象とする時点・期間", "base_date", "record_period"),
            Fieldset("受付の期間", "opens_on", "due_on", "accepts_late"),
            Fieldset("都道府県の関わり", "prefecture_part", "prefectures_read_drafts"),
            Fieldset("回答する人への案内", "estimated_minutes", "contact", "related_notice_number"),
            Fieldset("お知らせ", "notify_by_mail"),
            *self.closing(),
        )
        return helper

    def opening(self) -> list[str]:
        """What stands above the title."""
        return []

    def closing(self) -> list[str]:
        """What is hidden goes last: between two fields it would swallow their distance."""
        return ["mark"]

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for a deadline before the opening."""
        cleaned = super().clean() or {}
        opens_on, due_on = cleaned.get("opens_on"), cleaned.get("due_on")
        if opens_on and due_on and due_on < opens_on:
            self.add_error("due_on", WRONG_ORDER)
        if cleaned.get("prefecture_part") == PrefecturePart.NONE:
            cleaned["prefectures_read_drafts"] = False
        return cleaned

    def frame(self) -> dict[str, Any]:
        """The values of a valid form, as Survey holds them."""
        return {name: self.cleaned_data[name] for name in frame_names()}


class NewSurveyForm(FrameForm):
    """A new survey: also which division runs it, and the key that makes a repeat harmless.
    ``source`` is the survey that is copied, ``template`` the questionnaire that it begins from.
    """

    division = forms.ModelChoiceField(
        label="実施する課室", queryset=Division.objects.none(), empty_label=None
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        user: User,
        source: Survey | None = None,
        template: QuestionnaireTemplate | None = None,
        **kwargs: Any,
    ) -> None:
        surveys = Survey.objects.run_by(user)
        self.template = template
        kwargs["initial"] = {**initial_for_new(source), "key": uuid4()}
        super().__init__(*args, surveys=surveys, **kwargs)
        division = cast("forms.ModelChoiceField[Division]", self.fields["division"])
        mine = Division.objects.filter(pk__in=drafting_division_ids(user))
        division.queryset = mine.select_related("parent").order_by("pk")
        first = division.queryset.first()
        self.initial["division"] = first.pk if first else None

    def opening(self) -> list[str]:
        """The division comes first."""
        return ["division"]

    def closing(self) -> list[str]:
        """The key that is sent once."""
        return [*super().closing(), "key"]

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError also for an earlier survey of another division, and for a
        template that the division isn't offered.
        """
        cleaned = super().clean()
        previous, division = cleaned.get("previous"), cleaned.get("division")
        if previous and division and previous.division_id != division.pk:
            self.add_error("previous", WRONG_DIVISION)
        if self.template and division and not self._is_offered(self.template, division):
            self.add_error("division", NOT_OFFERED)
        return cleaned

    @staticmethod
    def _is_offered(template: QuestionnaireTemplate, division: Division) -> bool:
        return template.is_shared or template.division_id == division.pk


def frame_names() -> list[str]:
    """The names of the fields that are values of Survey."""
    return [name for name in FrameForm.base_fields if name != "mark"]


def initial_of(survey: Survey) -> dict[str, Any]:
    """What the form shows of a survey."""
    return {name: getattr(survey, name) for name in frame_names()}


def initial_for_new(source: Survey | None) -> dict[str, Any]:
    """What the form of a new survey shows; the days of the one that is copied have passed."""
    today = timezone.localdate()
    days: dict[str, Any] = {"fiscal_year": fiscal_year(today), "opens_on": today, "due_on": None}
    if source is None:
        chosen = {"accepts_late": True, "notify_by_mail": True}
        return {**days, **chosen, "prefecture_part": PrefecturePart.WATCH}
    previous = source if source.opened_at else source.previous
    kept = {"base_date": None, "record_period": "", "related_notice_number": ""}
    return {**initial_of(source), **days, **kept, "previous": previous}


def earlier_surveys(survey: Survey) -> SurveyQuerySet:
    """Those of which it may be the next round."""
    return Survey.objects.filter(division=survey.division_id).exclude(pk=survey.pk)
