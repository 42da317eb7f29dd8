import pytest

from surveys.questionnaire.kinds import ChoiceAnswer, ChoicesAnswer, Option
from surveys.questionnaire.values import InvalidValue

OPTIONS = (
    Option("1", "直営"),
    Option("2", "委託、補助"),
    Option("3", "ＮＰＯ"),
    Option("none", "特になし", exclusive=True),
)
ONE = ChoiceAnswer(OPTIONS)
MANY = ChoicesAnswer(OPTIONS)


@pytest.mark.parametrize("raw", ["1", "直営", " 直営　", 1, 1.0])
def test_one_choice_is_read_from_value_label_or_number(raw: object) -> None:
    assert ONE.normalise(raw) == "1"


def test_a_label_is_read_in_either_width() -> None:
    assert ONE.normalise("NPO") == "3"


@pytest.mark.parametrize("raw", ["4", "直", True, 1.5, 10**400, ["1"], {"1": 1}, "x" * 40_000])
def test_anything_else_is_no_option(raw: object) -> None:
    with pytest.raises(InvalidValue, match=r"^選択肢の中から選んでください。$"):
        ONE.normalise(raw)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (["3", "1"], ["1", "3"]),
        (["1", "1", ""], ["1"]),
        ("1", ["1"]),
        (1, ["1"]),
        ("直営\n委託、補助", ["1", "2"]),
        ("ＮＰＯ；直営", ["1", "3"]),
        ("1,3", ["1", "3"]),
        ("直営、ＮＰＯ", ["1", "3"]),
        ("委託、補助", ["2"]),
        (["none"], ["none"]),
    ],
)
def test_several_choices_come_in_the_order_of_the_options(raw: object, value: list[str]) -> None:
    assert MANY.normalise(raw) == value


def test_an_exclusive_option_stands_alone() -> None:
    with pytest.raises(InvalidValue, match=r"^「特になし」は、他の選択肢と同時に選べません。$"):
        MANY.normalise(["1", "none"])


@pytest.mark.parametrize("raw", [["1", "9"], "1,9", [["1"]], {"a": 1}, True, "1" * 40_000])
def test_an_unknown_choice_refuses_the_whole(raw: object) -> None:
    with pytest.raises(InvalidValue, match=r"^選択肢の中から選んでください。$"):
        MANY.normalise(raw)
