"""Giving back a filled answer workbook, and choosing where others wrote meanwhile."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from onepublic.core.forms import BareForm
from surveys.answerbook import Change

_MOST_MB: Final = 10
_MACROS: Final = frozenset({".xlsm", ".xltm"})
_HOW: Final = "「名前を付けて保存」で「Excelブック（.xlsx）」を選び、保存し直してください。"
MINE, THEIRS = "mine", "theirs"


class AnswerBookForm(BareForm):
    """One workbook; what is in it is judged when it is read."""

    book = forms.FileField(
        label="入力したExcelファイル",
        max_length=500,
        widget=forms.FileInput(attrs={"accept": ".xlsx", "data-max-bytes": _MOST_MB * 1024**2}),
        help_text=f"この調査の画面からダウンロードした回答用Excel（.xlsx、{_MOST_MB}MB以下）",
    )

    def clean_book(self) -> UploadedFile:
        """The file, of the right kind as far as its name tells."""
        book: UploadedFile = self.cleaned_data["book"]
        ending = PurePath(book.name or "").suffix.lower()
        if ending in _MACROS:
            raise ValidationError(f"マクロを含む形式（{ending}）のファイルは読み込めません。{_HOW}")
        if ending != ".xlsx":
            kind = f"「{ending}」の形式の" if ending else "この"
            raise ValidationError(f"{kind}ファイルは読み込めません。{_HOW}")
        if (book.size or 0) > _MOST_MB * 1024**2:
            raise ValidationError(f"ファイルが大きすぎます。{_MOST_MB}MB以下にしてください。")
        return book


class TakeOverForm(BareForm):
    """A choice for each conflict; ``seen`` tells which changes the page showed."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=200)

    def __init__(
        self, *args: Any, conflicts: Sequence[tuple[Change, str, str, str]], **kw: Any
    ) -> None:
        """``conflicts``: the change, its label, and both values in words."""
        super().__init__(*args, **kw)
        for change, label, now, mine in conflicts:
            self.fields[f"choice-{change.key}"] = forms.ChoiceField(
                label=label,
                choices=[
                    (THEIRS, f"今の回答を残す：{now}"),
                    (MINE, f"Excelの内容にする：{mine}"),
                ],
                widget=forms.RadioSelect,
                error_messages={"required": "どちらを残すか選んでください。"},
            )

    def chosen(self, which: str) -> set[str]:
        """The keys of the fields for which this was chosen."""
        return {
            name.removeprefix("choice-")
            for name, choice in self.cleaned_data.items()
            if name.startswith("choice-") and choice == which
        }
