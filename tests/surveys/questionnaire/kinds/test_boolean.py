import pytest

from surveys.questionnaire.kinds import BooleanAnswer
from surveys.questionnaire.values import InvalidValue


@pytest.mark.parametrize("raw", [True, "true", "TRUE", "はい", "1", 1, "○"])
def test_yes(raw: object) -> None:
    assert BooleanAnswer().normalise(raw) is True


@pytest.mark.parametrize("raw", [False, "false", "False", "いいえ", "0", 0, "×"])
def test_no(raw: object) -> None:
    assert BooleanAnswer().normalise(raw) is False


@pytest.mark.parametrize("raw", ["たぶん", 2, 1.5, ["true"], None])
def test_neither(raw: object) -> None:
    with pytest.raises(InvalidValue, match=r"^「はい」又は「いいえ」を選んでください。$"):
        BooleanAnswer().normalise(raw)
