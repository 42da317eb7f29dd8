"""What a compilation shall hold, and in what form."""

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO, Final, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from accounts.querysets import OUTSIDE_PREFECTURES
from accounts.states import Kind
from onepublic.core.fields import PlainTextField
from onepublic.core.forms import Form, bare_helper
from onepublic.files.models import StoredFile
from onepublic.files.uploads import check_upload
from surveys.compilation.orders import Order
from surveys.forms.compilation_templates import refuse_unfillable
from surveys.models import CompilationLayout, Survey
from surveys.questionnaire import Questionnaire
from surveys.states import AssignmentState, CompilationFormat, CompilationPart

_ALL: Final = "選ばないと、全てを対象にします。"
_ROWS: Final = 12
_LONGEST_KEY: Final = 9
TEMPLATE_MB: Final = 1
Choices = Sequence[tuple[str, Any]]


class CompilationForm(Form):
    """``order()`` is what was chosen; ``name`` keeps it for next time; ``kept_template`` is that of
    the layout from which it began.
    """

    kept_template: StoredFile | None = None

    format = forms.ChoiceField(
        label="形式",
        choices=CompilationFormat,
        widget=forms.RadioSelect,
        help_text="CSVは、シートごとのファイルを1つのzipにまとめます。数式と読み取られる文字の前には"
        "「'」を付けます。",
    )
    parts = forms.MultipleChoiceField(
        label="シート",
        choices=CompilationPart,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="「概要」「回答一覧」「設問定義」は必ず付きます。JSON Linesは回答だけです。",
    )
    template = forms.FileField(
        label="ひな形のExcelファイル",
        required=False,
        max_length=500,
        widget=forms.FileInput(attrs={"accept": ".xlsx", "data-max-bytes": TEMPLATE_MB * 1024**2}),
        help_text="項目ID（回答一覧の1行目）を見出しに並べた表は、その下に1団体1行で埋めます。セルの名前が"
        f"項目IDのものは、団体ごとに1冊埋めます（名前では「#」を「_」と書きます）。{TEMPLATE_MB}MB以下の"
        ".xlsx。選ぶと、形式とシートの指定は使いません。",
    )
    prefectures = forms.MultipleChoiceField(
        label="都道府県",
        required=False,
        help_text=_ALL,
        widget=forms.SelectMultiple(attrs={"size": _ROWS}),
    )
    kinds = forms.MultipleChoiceField(
        label="団体の種別", required=False, help_text=_ALL, widget=forms.CheckboxSelectMultiple
    )
    states = forms.MultipleChoiceField(
        label="回答の状態",
        choices=AssignmentState,
        required=False,
        help_text=_ALL,
        widget=forms.CheckboxSelectMultiple,
    )
    sections = forms.MultipleChoiceField(
        label="節",
        required=False,
        help_text="選んだ節の設問と、下で選んだ設問が列になります。どちらも選ばないと、全ての設問が"
        "列になります。",
        widget=forms.CheckboxSelectMultiple,
    )
    questions = forms.MultipleChoiceField(
        label="設問",
        required=False,
        help_text="複数を選ぶには、Ctrlキーを押しながら選びます。",
        widget=forms.SelectMultiple(attrs={"size": _ROWS}),
    )
    layout = forms.CharField(widget=forms.HiddenInput, required=False)
    name = PlainTextField(
        label="設定の名前",
        max_length=60,
        required=False,
        help_text="入力すると、上で選んだ内容をこの課室の設定として保存します。同じ名前の設定は"
        "置き換わります。",
    )

    def __init__(
        self, *args: Any, survey: Survey, revisions: Sequence[Questionnaire], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._survey, self._revisions = survey, revisions
        self._sections = _sections(revisions)
        asked = survey.assignments.values_list(
            "organization__prefecture_code", "organization__prefecture_name", "organization__kind"
        ).distinct()
        prefectures, kinds = _prefectures(asked), {kind for _, _, kind in asked}
        self._choose("prefectures", prefectures)
        self._choose("kinds", [(each.value, each.label) for each in Kind if each in kinds])
        self._choose("sections", [(key, title) for key, (title, _) in self._sections.items()])
        self._choose("questions", [(title, asks) for title, asks in self._sections.values()])

    def _choose(self, name: str, choices: Choices) -> None:
        cast(forms.MultipleChoiceField, self.fields[name]).choices = choices

    @property
    def helper(self) -> FormHelper:
        """The page brings the form tag and its buttons."""
        helper = bare_helper()
        helper.layout = Layout(
            Fieldset("形式とシート", "format", "parts", "template"),
            Fieldset("行（団体）の絞り込み", "prefectures", "kinds", "states"),
            Fieldset("列（設問）の絞り込み", "sections", "questions"),
            Fieldset("設定の保存", "name", "layout"),
        )
        return helper

    def clean_template(self) -> UploadedFile | None:
        """The workbook, when its content is one and it is small enough to fill."""
        uploaded: UploadedFile | None = self.cleaned_data["template"]
        if uploaded is None:
            return None
        if (uploaded.size or 0) > TEMPLATE_MB * 1024**2:
            raise ValidationError(f"ファイルが大きすぎます。{TEMPLATE_MB}MB以下にしてください。")
        check_upload(uploaded, endings=(".xlsx",))
        refuse_unfillable(cast(BinaryIO, uploaded), self._revisions)
        return uploaded

    def clean(self) -> dict[str, Any]:
        """A template of a saved layout must suit this survey too."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.kept_template = self._template_of(cleaned.get("layout", ""))
        if self.kept_template and not cleaned.get("template") and "template" not in self.errors:
            try:
                with self.kept_template.open() as opened:
                    refuse_unfillable(cast(BinaryIO, opened), self._revisions)
            except ValidationError as refusal:
                self.add_error("template", [f"保存した設定のひな形：{each}" for each in refusal])
        return cleaned

    def _template_of(self, layout_id: str) -> StoredFile | None:
        layout = layout_of(self._survey, layout_id)
        return layout.template if layout else None

    def order(self) -> Order:
        """The order; the questions of the chosen sections, and those chosen one by one."""
        chosen = self.cleaned_data
        of_sections = [
            question for key in chosen["sections"] for question, _ in self._sections[key][1]
        ]
        return Order(
            format=chosen["format"],
            parts=tuple(chosen["parts"]),
            prefectures=tuple(chosen["prefectures"]),
            kinds=tuple(chosen["kinds"]),
            states=tuple(chosen["states"]),
            questions=tuple(dict.fromkeys([*of_sections, *chosen["questions"]])),
        )


def layout_of(survey: Survey, layout_id: str) -> CompilationLayout | None:
    """The layout of that primary key, when the survey's division keeps it."""
    if not layout_id.isascii() or not layout_id.isdigit() or len(layout_id) > _LONGEST_KEY:
        return None
    kept = CompilationLayout.objects.filter(division=survey.division_id, pk=int(layout_id))
    return kept.select_related("template").first()


def _sections(
    revisions: Sequence[Questionnaire],
) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Sections of all revisions, the one in force first, with the questions that hold answers."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for questionnaire in reversed(revisions):
        for section in questionnaire.sections:
            _, asked = found.setdefault(section.id, (section.title, {}))
            for question in section.questions:
                if questionnaire.fields_of(question.id):
                    asked.setdefault(question.id, question.label)
    return {key: (title, list(asked.items())) for key, (title, asked) in found.items()}


def _prefectures(asked: Iterable[tuple[str, str, str]]) -> Choices:
    names = {code: name for code, name, _ in asked}
    return [
        (code or OUTSIDE_PREFECTURES, names[code] or "地方厚生（支）局") for code in sorted(names)
    ]
