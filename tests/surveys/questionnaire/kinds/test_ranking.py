import pytest

from surveys.questionnaire.kinds import Option, RankingAnswer
from surveys.questionnaire.values import InvalidValue

NEEDS = RankingAnswer((Option("a", "人材"), Option("b", "財源"), Option("3", "周知、広報")), 2)


@pytest.mark.parametrize(
    ("raw", "ranks"),
    [
        (["b", "a"], ["b", "a"]),
        (["b", ""], ["b"]),
        (("b", None), ["b"]),
        ("財源；人材", ["b", "a"]),
        ("財源\n周知、広報", ["b", "3"]),
        ("周知、広報", ["3"]),
        ("財源；", ["b"]),
        (3, ["3"]),
        (3.0, ["3"]),
    ],
)
def test_options_are_kept_in_the_order_of_their_ranks(raw: object, ranks: list[str]) -> None:
    assert NEEDS.normalise(raw) == ranks


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (["", "a"], "1位が空欄です。上の順位から順に選んでください。"),
        ("；財源", "1位が空欄です。上の順位から順に選んでください。"),
        (["a", "a"], "「人材」が二つ以上の順位に選ばれています。"),
        (["a", "b", "3"], "順位は2位までで回答してください。"),
        (["a", "x"], "選択肢の中から選んでください。"),
        ("人材と財源", "選択肢の中から選んでください。"),
        ({"a": 1}, "選択肢の中から選んでください。"),
        (True, "選択肢の中から選んでください。"),
    ],
)
def test_a_ranking_with_a_slip_is_refused(raw: object, message: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        NEEDS.normalise(raw)

    assert refusal.value.message == message
