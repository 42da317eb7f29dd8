import re
from datetime import date

import pytest
from django import forms
from django.test.html import parse_html

from onepublic.core.fields import WarekiDateField
from onepublic.core.widgets import LongSelect


class DueForm(forms.Form):
    due = WarekiDateField(label="回答期限", help_text="令和8年11月23日など")


def _inputs(form: forms.Form) -> list[str]:
    return re.findall(r"<input[^>]+>", str(form["due"]))


def test_day_is_written_in_wareki_and_known_to_the_calendar() -> None:
    text, calendar = _inputs(DueForm(initial={"due": date(2026, 11, 23)}))

    assert 'type="text" id="id_due" name="due" value="令和８年11月23日"' in text
    assert 'type="date" value="2026-11-23"' in calendar
    assert "name" not in calendar


@pytest.mark.parametrize(("typed", "day"), [("R8.11.23", "2026-11-23"), ("来週", ""), ("", "")])
def test_what_was_typed_stays(typed: str, day: str) -> None:
    text, calendar = _inputs(DueForm({"due": typed}))

    assert f'value="{typed}"' in text
    assert f'value="{day}"' in calendar


def test_control_is_tied_to_help_and_error() -> None:
    text, _ = _inputs(DueForm({"due": "来週"}))

    assert " required" in text
    assert 'aria-invalid="true"' in text
    assert 'aria-describedby="id_due_helptext id_due_error"' in text


def test_button_names_the_field() -> None:
    assert 'aria-label="回答期限をカレンダーから選ぶ"' in str(DueForm()["due"])


@pytest.mark.parametrize("value", ["2", 3, "", None, "無い", "<b>"])
def test_a_long_select_is_the_same_as_djangos(value: object) -> None:
    choices = [("", "なし"), ("大臣官房", [("2", "総務課"), (3, "会計課")]), ("<b>", "A & B")]
    attributes = {"id": "id_x", "required": True, "disabled": False, "aria-describedby": "help"}
    ours, djangos = (
        widget(attrs={"class": "wide"}, choices=choices).render("x", value, attributes)
        for widget in (LongSelect, forms.Select)
    )

    assert parse_html(ours) == parse_html(djangos)
