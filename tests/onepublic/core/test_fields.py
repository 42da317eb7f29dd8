from datetime import date

import pytest
from django.core.exceptions import ValidationError

from onepublic.core.fields import PlainTextField, WarekiDateField
from onepublic.core.text import fold


@pytest.mark.parametrize(
    ("text", "named"),
    [("a\x00b", "U+0000"), ("a\x07b", "U+0007"), ("a\u202eb", "U+202E"), ("a\nb", "U+000A")],
)
def test_a_line_of_text_refuses_what_must_not_be_stored(text: str, named: str) -> None:
    with pytest.raises(ValidationError) as refused:
        PlainTextField(max_length=100).clean(text)

    assert refused.value.messages == [f"使用できない制御文字（{named}）が含まれています。"]


def test_a_text_of_lines_keeps_them_with_one_kind_of_end() -> None:
    assert PlainTextField(lines=True, max_length=100).clean("一\r\n二\r三\t四") == "一\n二\n三\t四"


def test_a_text_that_begins_with_an_equals_sign_is_a_text() -> None:
    assert PlainTextField(max_length=100).clean("=1+1") == "=1+1"


def test_no_browser_cuts_what_is_pasted() -> None:
    assert "maxlength" not in PlainTextField(max_length=5).widget.attrs


def test_a_text_that_is_too_long_says_by_how_much() -> None:
    with pytest.raises(ValidationError) as refused:
        PlainTextField(max_length=200).clean("あ" * 40_000)

    (message,) = refused.value.messages
    assert "200" in message
    assert "40000" in message.replace(",", "")


def test_a_date_is_read_in_wareki_and_refused_with_examples() -> None:
    assert WarekiDateField().clean("R8.11.23") == date(2026, 11, 23)
    with pytest.raises(ValidationError) as refused:
        WarekiDateField().clean("来週")
    assert refused.value.messages == [
        "日付は「令和8年11月23日」「R8.11.23」「2026-11-23」のように入力してください。"
    ]


def test_folding_unites_width_case_and_variants() -> None:
    assert fold("ＡＢＣ髙﨑檮原１２") == fold("abc高崎梼原12")


def test_a_day_at_the_end_of_the_calendar_is_no_day() -> None:
    with pytest.raises(ValidationError) as refused:
        WarekiDateField().clean("9999-12-31")

    assert refused.value.messages == ["西暦2999年までの日を入力してください。"]
    assert WarekiDateField().clean("2999-12-31") == date(2999, 12, 31)
