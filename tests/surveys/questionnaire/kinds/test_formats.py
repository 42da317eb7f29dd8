import pytest

from surveys.questionnaire.kinds import TextAnswer, TextFormat
from surveys.questionnaire.values import InvalidValue

EMAIL = TextAnswer(254, format=TextFormat.EMAIL)
TEL = TextAnswer(40, format=TextFormat.TEL)
URL = TextAnswer(200, format=TextFormat.URL)


@pytest.mark.parametrize(
    ("answer", "raw", "kept"),
    [
        (EMAIL, " tantou@example.jp ", "tantou@example.jp"),
        (EMAIL, "ｔａｎｔｏｕ＠ｅｘａｍｐｌｅ．ｊｐ", "tantou@example.jp"),
        (EMAIL, "a.b+c@sub.example.lg.jp", "a.b+c@sub.example.lg.jp"),
        (TEL, "03-5253-1111", "03-5253-1111"),
        (TEL, "０３－５２５３－１１１１", "03-5253-1111"),
        (TEL, "(03)5253-1111", "(03)5253-1111"),
        (TEL, "0352531111", "0352531111"),
        (TEL, "+81-3-5253-1111", "+81-3-5253-1111"),
        (TEL, "03ー5253ー1111 内線 2345", "03-5253-1111（内線2345）"),
        (TEL, "03-5253-1111（内線2345）", "03-5253-1111（内線2345）"),
        (URL, "https://www.example.jp/a?b=c#d", "https://www.example.jp/a?b=c#d"),
        (URL, "http://例え.jp/頁", "http://例え.jp/頁"),
        (URL, "https://www.example.jp:8443/", "https://www.example.jp:8443/"),
    ],
)
def test_a_text_in_its_form_is_kept(answer: TextAnswer, raw: str, kept: str) -> None:
    assert answer.normalise(raw) == kept
    assert answer.normalise(kept) == kept


@pytest.mark.parametrize(
    ("answer", "raw"),
    [
        *[(EMAIL, raw) for raw in ("tantou", "@example.jp", "a@b", "a b@example.jp", "a@b..jp")],
        *[
            (EMAIL, raw)
            for raw in ("a@-b.jp", "あ@example.jp", "a@b@c.jp ,", "a@example.jp;b@c.jp")
        ],
        *[
            (TEL, raw)
            for raw in ("110", "電話", "5253-1111", "03-5253-1111-1234-5678-9", "-----0----")
        ],
        *[(URL, raw) for raw in ("www.example.jp", "javascript:alert(1)", "ftp://example.jp/")],
        *[(URL, raw) for raw in ("https://", "https://a b.jp/", "https://u:p@example.jp/")],
        *[
            (URL, raw)
            for raw in ("https://example", "https://[::1", "https://example.jp:x/", 'http://a.jp/"')
        ],
        (URL, "https://example.jp\\@evil.jp/"),
    ],
)
def test_anything_else_is_refused_with_an_example(answer: TextAnswer, raw: str) -> None:
    with pytest.raises(InvalidValue, match=r"を、「.+」の形で入力してください。$"):
        answer.normalise(raw)


def test_a_long_text_is_refused_before_its_form_is_looked_at() -> None:
    with pytest.raises(InvalidValue, match=r"^254文字以内で"):
        EMAIL.normalise("a" * 100_000 + "@example.jp")


def test_a_text_that_grows_when_it_is_folded_is_refused() -> None:
    with pytest.raises(InvalidValue, match=r"^21文字以内で入力してください（現在22文字）。$"):
        TextAnswer(21, format=TextFormat.TEL).normalise("03-5253-1111 内線234567")
