"""The form of one question: what all types share, what its type adds, and its lists of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django import forms
from django.http import QueryDict

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import Form
from surveys.authoring import Json, next_option_value, next_part_id
from surveys.authoring.catalogue import SILENT
from surveys.forms.builder.contents import CONTENTS, TOTALS
from surveys.forms.builder.parts import LIST_LABELS, PARTS, ColumnForm, Part
from surveys.forms.builder.rows import NewId, Raw, as_post, rearranged, sent_rows

_FLAGS: Final = ("required", "allow_none", "carry_over")
# Keys of the document that have pages of their own, and so are kept as they are.
_ELSEWHERE: Final = ("visible_if", "formula", "file")
_DATES: Final = frozenset({"date"})
DISABLED: Final = "disabled"


@dataclass(frozen=True, slots=True)
class RowList:
    """A list of rows as its page shows it."""

    name: str
    label: str
    rows: Sequence[Part]

    @property
    def plain(self) -> bool:
        """Whether a row is a label and nothing else."""
        return all(len(row.fields) == 2 for row in self.rows)


class QuestionForm(Form):
    """A question of ``document`` as a person writes it.

    ``post``: what was sent; ``act`` a change of a list (``options add``) that only shows the form
    again, without judging what was typed. ``content`` is the question as the document holds it.
    """

    label = PlainTextField(label="設問文", max_length=500)
    help = PlainTextField(
        label="説明・用語の定義",
        max_length=4000,
        lines=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    required = forms.BooleanField(label="回答を必須にする", required=False)
    allow_none = forms.BooleanField(label="「該当なし」と答えられるようにする", required=False)
    carry_over = forms.BooleanField(label="前回の回答をあらかじめ入れる", required=False)

    def __init__(
        self, *, question: Json, document: Json, post: QueryDict | None = None, act: str = ""
    ) -> None:
        self.question, self.document = question, document
        judged = post if post is not None and not act else None
        initial = _initial(question) if post is None else _as_sent(post)
        super().__init__(judged, initial=initial, auto_id=f"{question['id']}-%s")
        self._fit_to_type()
        if post is None:
            self.fields["label"].widget.attrs["autofocus"] = True
        self.added = act.partition(" ")[0] if act.endswith(" add") else ""
        self.lists = [
            self._list(name, form, post, act) for name, form in PARTS.get(question["type"], ())
        ]
        if post is None:
            self.disabled = {".".join(cell) for cell in question.get("disabled_cells", [])}
        else:
            self.disabled = set(post.getlist(DISABLED))

    @property
    def content_fields(self) -> list[forms.BoundField]:
        """The fields that only this type has."""
        return [self[name] for name in CONTENTS.get(self.question["type"], {})]

    @property
    def flag_fields(self) -> list[forms.BoundField]:
        """How it may be answered."""
        return [self[name] for name in _FLAGS if name in self.fields]

    @property
    def cells(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """The cells of a table by row: (value, column, closed), for the ones that take nothing."""
        if self.question["type"] != "table":
            return []
        rows, columns = (_named(each.rows) for each in self.lists)
        return [
            (row, [(f"{r}.{c}", column, f"{r}.{c}" in self.disabled) for c, column in columns])
            for r, row in rows
        ]

    def is_valid(self) -> bool:
        """Whether everything on the page can be kept, the rows included."""
        rows = [row.is_valid() for each in self.lists for row in each.rows]
        return super().is_valid() and all(rows)

    def clean(self) -> dict[str, Any]:
        """No list may be empty."""
        sent = super().clean() or self.cleaned_data
        for each in self.lists:
            if not each.rows:
                self.add_error(None, f"{each.label}を1つ以上入力してください。")
        return sent

    @property
    def complaints(self) -> list[dict[str, str]]:
        """Every error of the page, as the summary on top lists them."""
        parts: list[forms.BaseForm] = [self, *(row for each in self.lists for row in each.rows)]
        return [
            {"id": field.auto_id, "label": str(field.label), "message": str(message)}
            for form in parts
            if form.is_bound
            for field in form
            for message in field.errors
        ] + [
            {"id": f"{self.question['id']}-label", "label": "設問", "message": str(message)}
            for message in (self.non_field_errors() if self.is_bound else ())
        ]

    def content(self) -> Json:
        """The question, id apart, as the document holds it. Only after ``is_valid``."""
        sent, type_ = self.cleaned_data, self.question["type"]
        content: Json = {"type": type_, "label": sent["label"]}
        if type_ not in SILENT:
            content["required"] = sent["required"]
        content |= {key: True for key in _FLAGS[1:] if sent.get(key)}
        content |= {"help": sent["help"]} if sent["help"] else {}
        content |= {key: self.question[key] for key in _ELSEWHERE if key in self.question}
        return content | self._own_keys() | self._parts()

    def _fit_to_type(self) -> None:
        type_ = self.question["type"]
        if type_ in SILENT:
            for name in _FLAGS:
                del self.fields[name]
            self.fields["label"].required = type_ == "calculated"
        for name, make in CONTENTS.get(type_, {}).items():
            self.fields[name] = make()

    def _list(self, name: str, form: type[Part], post: QueryDict | None, act: str) -> RowList:
        held = {part.get("id") or part["value"]: part for part in self.question.get(name, [])}
        key = "value" if name == "options" else "id"
        rows = [form.raw(part) for part in held.values()] if post is None else sent_rows(post, name)
        if post is not None and act.startswith(f"{name} "):
            pasted = post.get(f"{name}-paste", "")
            new_id = partial(self._new_id, name, key)
            rows = rearranged(
                rows, act.removeprefix(f"{name} "), key=key, new_id=new_id, pasted=pasted
            )
        judged = as_post(rows, name) if post is not None and not act else None
        made = [
            self._row(form, name, number, row, judged, held.get(row.get(key, "")))
            for number, row in enumerate(rows)
        ]
        return RowList(name, LIST_LABELS[name], made)

    def _row(
        self,
        form: type[Part],
        name: str,
        number: int,
        row: Raw,
        judged: Raw | None,
        before: Json | None,
    ) -> Part:
        more: dict[str, Any] = {"before": before} if issubclass(form, ColumnForm) else {}
        auto_id = f"{self.question['id']}-%s"
        return form(judged, initial=row, prefix=f"{name}-{number}", auto_id=auto_id, **more)

    def _new_id(self, name: str, key: str, rows: Sequence[Raw]) -> str:
        written = {"id": self.question["id"], name: [{key: row.get(key, "")} for row in rows]}
        if name == "options":
            return next_option_value(self.document, written)
        return next_part_id(self.document, written, name)

    def _own_keys(self) -> Json:
        """What the fields of the type say; a blank one leaves its key away."""
        sent = {name: self.cleaned_data[name] for name in CONTENTS.get(self.question["type"], {})}
        totals = {name: sent.pop(name) for name in TOTALS if name in sent}
        if sent.pop("grouped", True) is False:
            sent["grouped"] = False
        if not sent.get("fiscal", True):
            del sent["fiscal"]
        if self.question["type"] in _DATES:
            sent = {name: day.isoformat() if day else None for name, day in sent.items()}
        own: Json = {name: value for name, value in sent.items() if value not in (None, "", [])}
        return own | ({"totals": totals} if totals else {})

    def _parts(self) -> Json:
        parts: Json = {each.name: [self._part(row) for row in each.rows] for each in self.lists}
        if self.question["type"] == "table":
            there = {f"{r['id']}.{c['id']}" for r in parts["rows"] for c in parts["columns"]}
            closed = [cell.split(".") for cell in sorted(self.disabled & there)]
            parts |= {"disabled_cells": closed} if closed else {}
        return parts

    def _part(self, row: Part) -> Json:
        if not isinstance(row, ColumnForm):
            return row.content()
        return row.content_of(self._new_value(row.cleaned_data["id"]))

    def _new_value(self, column: str) -> NewId:
        def make(options: Sequence[Raw]) -> str:
            written = {
                "id": self.question["id"],
                "columns": [{"id": column, "options": list(options)}],
            }
            return next_option_value(self.document, written, column=column)

        return make


def _initial(question: Json) -> dict[str, Any]:
    return {"grouped": True, **question, **question.get("totals", {})}


def _as_sent(post: QueryDict) -> dict[str, Any]:
    return {name: post.getlist(name) if name == "kinds" else post[name] for name in post}


def _named(rows: Sequence[Part]) -> list[tuple[str, str]]:
    """(id, label) of the rows that have both, as they are typed now."""
    pairs = [(str(row["id"].value() or ""), str(row["label"].value() or "")) for row in rows]
    return [(name, label) for name, label in pairs if name]
