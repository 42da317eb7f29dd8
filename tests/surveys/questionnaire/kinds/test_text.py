import re

import pytest

from surveys.questionnaire.kinds import TextAnswer
from surveys.questionnaire.values import InvalidValue

LINE = TextAnswer(max_length=10)
LINES = TextAnswer(max_length=20, multiline=True)
CODE = TextAnswer(max_length=8, pattern=re.compile(r"\d{3}-\d{4}"))


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("福祉課", "福祉課"),
        ("　福祉課 ", "福祉課"),
        ("髙﨑", "髙﨑"),
        ("ＡＢＣ", "ＡＢＣ"),
        ("=1+1", "=1+1"),
        (12, "12"),
        (12.0, "12"),
        (1.5, "1.5"),
    ],
)
def test_it_keeps_text_as_typed(raw: object, value: str) -> None:
    assert LINE.normalise(raw) == value


def test_line_ends_become_line_feeds_in_long_text() -> None:
    assert LINES.normalise("一\r\n二\r三\n") == "一\n二\n三"


@pytest.mark.parametrize(
    ("answer", "raw", "message"),
    [
        (LINE, "一\n二", "改行やタブは入力できません。1行で入力してください。"),
        (LINE, "一\t二", "改行やタブは入力できません。1行で入力してください。"),
        (LINES, "一\x00二", "使用できない制御文字（U+0000）が含まれています。"),
        (LINES, "一\u202e二", "使用できない制御文字（U+202E）が含まれています。"),
        (LINE, "あ" * 11, "10文字以内で入力してください（現在11文字）。"),
        (LINE, "あ" * 40_000, "10文字以内で入力してください（現在40,000文字）。"),
        (CODE, "1000000", "決められた書き方で入力してください。"),
        (CODE, "100-0000x", "8文字以内で入力してください（現在9文字）。"),
        (LINE, True, "文字で入力してください。"),
        (LINE, float("nan"), "文字で入力してください。"),
        (LINE, ["一"], "文字で入力してください。"),
    ],
)
def test_it_refuses_with_the_reason(answer: TextAnswer, raw: object, message: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        answer.normalise(raw)

    assert refusal.value.message == message


def test_a_pattern_must_match_the_whole_text() -> None:
    assert CODE.normalise("100-8916") == "100-8916"
