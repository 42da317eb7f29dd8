"""Change the cells of rows that must differ until they do."""

from decimal import ROUND_FLOOR
from typing import Final

from surveys.questionnaire.conditions import Facts
from surveys.questionnaire.kinds import TextAnswer
from surveys.questionnaire.repairing import Ledger
from surveys.questionnaire.rules import UniqueRule

_TRIES: Final = 20


def make_different(rule: UniqueRule, facts: Facts, ledger: Ledger) -> None:
    """Change texts and numbers of the rows that are alike; other cells have too few values."""
    for turn in range(_TRIES):
        alike = rule.concerns(facts)
        if not alike:
            return
        for place, key in enumerate(alike):
            _change(key, turn * len(alike) + place, ledger)


def _change(key: str, number: int, ledger: Ledger) -> None:
    answer = ledger.answer(key)
    if isinstance(answer, TextAnswer) and answer.pattern is None:
        ledger.write(key, f"その{number + 1}"[-answer.max_length :])
    elif ledger.takes(key):
        ledger.put(key, ledger.number(key) + number * ledger.step(key), ROUND_FLOOR)
