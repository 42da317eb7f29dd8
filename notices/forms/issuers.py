"""Joint issuers (連名): the other divisions and the order in which all are printed."""

from itertools import groupby
from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms

from accounts.models import Division
from accounts.states import Level
from notices.actions.manuscript import Manuscript
from notices.forms.layouts import disclosed, is_filled
from onepublic.core.widgets import LongSelect

MOST_JOINT = 9
FIRST_ROWS = 3
ROWS_BEHIND = 2
JOINT_FIELDS = [f"joint_{number}" for number in range(1, MOST_JOINT + 1)]
PLACE_FIELDS = [f"{name}_place" for name in JOINT_FIELDS]
OWN_PLACE = "own_place"
_DIGITS = "１２３４５６７８９"


def issuer_fields() -> dict[str, forms.Field]:
    """The fields by name: a division and its place in each row, and the own place."""
    choices = _ministry_divisions()
    fields: dict[str, forms.Field] = {OWN_PLACE: _place("この通知を起案する課室の順序")}
    for name, place, digit in zip(JOINT_FIELDS, PLACE_FIELDS, _DIGITS, strict=True):
        # Called when it is shown: rows that are not shown cost nothing.
        fields[name] = forms.ChoiceField(
            label=f"連名{digit}", choices=lambda: choices, required=False, widget=LongSelect
        )
        fields[place] = _place(f"順序{digit}")
    fields[OWN_PLACE].help_text = "数字を入れると、その順に印刷します。空欄のときは上から順です。"
    return fields


def issuer_layout(form: forms.Form) -> Layout:
    """Open only when there is a joint division; three rows, or as many as are filled, at first.

    Two more lie behind; further ones come when these are saved: each row costs a hundred choices.
    """
    filled = sum(is_filled(form, [name]) for name in JOINT_FIELDS)
    first = max(filled, FIRST_ROWS)
    rows = [
        Row(name, place, css_class="columns-issuer")
        for name, place in zip(JOINT_FIELDS, PLACE_FIELDS, strict=True)
    ]
    behind = rows[first : first + ROWS_BEHIND]
    more = (
        [disclosed("さらに連名の課室を加える（埋まると、保存後に欄が増えます）", *behind)]
        if behind
        else []
    )
    summary = "連名の課室（ほかの課室と連名で発出するとき）"
    return disclosed(summary, OWN_PLACE, *rows[:first], *more, is_open=bool(filled))


def issuers_of(form: forms.Form) -> tuple[list[Division], int]:
    """The joint divisions in printed order and the own place among them, as far as valid."""
    typed = form.cleaned_data
    placed = [(typed.get(OWN_PLACE) or 1, 0)]
    for row, (name, place) in enumerate(zip(JOINT_FIELDS, PLACE_FIELDS, strict=True), start=2):
        if typed.get(name):
            placed.append((typed.get(place) or row, int(typed[name])))
    ordered = [key for _, key in sorted(placed, key=lambda one: one[0])]
    own_place = ordered.index(0) + 1
    joint = dict.fromkeys(key for key in ordered if key)
    divisions = Division.objects.select_related("organization", "parent").in_bulk(joint)
    return [divisions[key] for key in joint], own_place


def initial_issuers(text: Manuscript) -> dict[str, int]:
    """What the fields show of a text: only an order that is not that of the rows."""
    joint = [division.pk for division in text.joint_issuers]
    shown = dict(zip(JOINT_FIELDS, joint, strict=False))
    if text.own_place == 1:
        return shown
    places = [place for place in range(1, len(joint) + 2) if place != text.own_place]
    return {**shown, OWN_PLACE: text.own_place, **dict(zip(PLACE_FIELDS, places, strict=False))}


def _place(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=MOST_JOINT + 1, required=False)


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
