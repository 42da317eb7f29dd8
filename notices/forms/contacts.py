"""Whom to ask: up to five places, each in fields of its own."""

from typing import Any

from crispy_forms.layout import Fieldset, Row
from django import forms

from notices.actions.manuscript import ContactLine, Manuscript
from notices.forms.layouts import disclosed, is_filled
from onepublic.core.fields import PlainTextField

MOST_CONTACTS = 5
PARTS = ("division", "person", "extension", "phone", "mail")
ROWS = [[f"contact_{number}_{part}" for part in PARTS] for number in range(1, MOST_CONTACTS + 1)]
_DIGITS = "１２３４５"
NO_DIVISION = "この問合せ先の課室名を入力してください。"


def contact_fields() -> dict[str, forms.Field]:
    """The fields by name, five in each row."""
    return {
        name: field
        for row, digit in zip(ROWS, ["", *_DIGITS[1:]], strict=True)
        for name, field in zip(row, _fields(digit), strict=True)
    }


def contact_layout(form: forms.Form) -> list[Any]:
    """The first row and those with an entry; the others in a disclosure."""
    shown = [row for row in ROWS if row is ROWS[0] or is_filled(form, row)]
    rest = [row for row in ROWS if row not in shown]
    more = [disclosed("問合せ先を追加する（５件まで）", *map(_block, rest))] if rest else []
    return [*map(_block, shown), *more]


def check_contacts(form: forms.Form) -> None:
    """An entry without its division is refused at the division."""
    for row in ROWS:
        if not form.cleaned_data.get(row[0]) and any(map(form.cleaned_data.get, row[1:])):
            form.add_error(row[0], NO_DIVISION)


def contacts_of(form: forms.Form) -> list[ContactLine]:
    """The entries as far as they are valid."""
    rows = [[form.cleaned_data.get(name, "") for name in row] for row in ROWS]
    return [ContactLine(**dict(zip(PARTS, row, strict=True))) for row in rows if row[0]]


def initial_contacts(text: Manuscript) -> dict[str, str]:
    """What the fields show of a text."""
    return {
        name: getattr(contact, part)
        for row, contact in zip(ROWS, text.contacts, strict=False)
        for name, part in zip(row, PARTS, strict=True)
    }


def _fields(digit: str) -> list[forms.Field]:
    """Of one row; ``digit`` tells the later rows' labels from the first one's."""
    return [
        PlainTextField(label=f"課室名{digit}", max_length=100, required=False),
        PlainTextField(label=f"担当者{digit}", max_length=60, required=False),
        PlainTextField(label=f"内線{digit}", max_length=30, required=False),
        PlainTextField(label=f"電話{digit}", max_length=30, required=False),
        forms.EmailField(label=f"メールアドレス{digit}", required=False),
    ]


def _block(row: list[str]) -> Fieldset:
    return Fieldset(f"問合せ先{_DIGITS[ROWS.index(row)]}", Row(*row[:2]), Row(*row[2:]))
