import pytest

from surveys.questionnaire import check_value
from tests.surveys.questionnaire.building import SAMPLES, document, parsed, problems, text

SIMPLE = (
    "a: patternで使えるのは、文字、[ ]、( )、|、繰り返しだけです（後方参照や先読みは使えません）。"
)
NESTED = "a: patternの繰り返しの中に、更に繰り返しや「|」があります。"
SLOW = "a: patternの繰り返しが多く、照合に時間が掛かり過ぎます。"


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        (r"\d{3}-\d{4}", "100-8916", "1008916"),
        (r"^\d{2,4}-\d{2,4}-\d{4}$", "03-0000-0000", "0300000000"),
        (r"(?:令和|平成)\d{1,2}年度", "令和8年度", "昭和8年度"),
        (r"[ァ-ヶー]+", "カナ", "かな"),
        (r"([A-Z]{2})?\d+", "AB1", "A1"),
        (r"(\d{3}){2}", "123456", "12345"),
        (r"[\]\-x]+", "]-x", "y"),
    ],
)
def test_usual_patterns_are_accepted(pattern: str, good: str, bad: str) -> None:
    field = parsed(text("a", pattern=pattern)).field("a")

    assert check_value(field, good) is None
    assert check_value(field, bad) == "決められた書き方で入力してください。"


def test_the_address_pattern_of_the_samples_is_accepted() -> None:
    mail = SAMPLES[0]["sections"][0]["questions"][1]

    field = parsed(mail).field("a_mail")

    assert check_value(field, "renraku@example.jp") is None


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        (r"(a+)+$", NESTED),
        (r"(a*)*", NESTED),
        (r"(a|aa)+", NESTED),
        (r"(\d{1,3},)*x", NESTED),
        (r"((a?)b)+", NESTED),
        (r"(a+){10}", NESTED),
        (r"(?:a{1,9}){2,9}", NESTED),
        (r"a*a*a*a*a*a*b", SLOW),
        (r"(.*)(.*)(.*)(.*)(.*)(.*)x", SLOW),
        ("a?" * 30 + "b", SLOW),
        (r"(?:(?:a{0}){9999}){9999}", SLOW),
        (r"(?:(?:){9999}){9999}b", SLOW),
        (r".*.*.{2000}x", SLOW),
        (".*.*" + "a" * 180 + "x", SLOW),
        (r"(.*,)?(.*,)?(.*,)?(.*,)?x", SLOW),
        (r"(?:a|a|a|a)" * 12 + "c", SLOW),
        (r"([a-zA-Z]+)*", NESTED),
        (r"^(([a-z])+.)+[A-Z]([a-z])+$", NESTED),
        (r"(x+x+)+y", NESTED),
        (r"(.*?,){11}P", NESTED),
        (r"(a)\1", SIMPLE),
        (r"(?=a)b", SIMPLE),
        (r"(?!a)b", SIMPLE),
        (r"(?P<n>a)", SIMPLE),
        (r"(?i)a", SIMPLE),
        (r"[[a]", SIMPLE),
        (r"[a--b]", SIMPLE),
        (r"a{", SIMPLE),
        ("a\\", SIMPLE),
        (r"a++", "a: patternの繰り返しの対象がありません。"),
        (r"*a", "a: patternの繰り返しの対象がありません。"),
        (r"a)", "a: patternの括弧の対応が正しくありません。"),
        (5, "a: patternを文字で書いてください。"),
    ],
)
def test_a_pattern_that_could_hang_is_refused(pattern: object, reason: str) -> None:
    assert problems(document(text("a", max_length=4000, pattern=pattern))) == [reason]


@pytest.mark.parametrize("pattern", ["(a", "[z-a]", r"\N", "a{3}{4}", "a{9,1}"])
def test_a_pattern_that_does_not_compile_is_refused(pattern: str) -> None:
    (reason,) = problems(document(text("a", pattern=pattern)))

    assert reason.startswith("a: patternが正規表現として正しくありません（")


def test_what_is_too_slow_depends_on_the_length_of_the_text() -> None:
    pattern = "a*a*a*b"

    assert parsed(text("a", pattern=pattern, max_length=200)).field("a").key == "a"
    assert problems(document(text("a", pattern=pattern, max_length=400))) == [SLOW]
