"""What the answers of the previous round say to rules and formulas of this one."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from surveys.questionnaire.conditions import Facts
from surveys.questionnaire.sides import Amount, ChangeAmount, PreviousAmount, nodes
from surveys.questionnaire.values import is_blank, is_none_applicable


def facts_of_previous(previous: Mapping[str, object], keys: Iterable[str]) -> Facts:
    """Return the numbers, days and months under `keys` in `previous` (field key → JSON value).

    Last round's own limits were kept when it was submitted; this round's do not bind it.
    """
    facts = Facts({})
    for key in keys:
        stored = previous.get(key)
        if is_blank(stored) or is_none_applicable(stored):
            continue
        question_id, *path = key.split(".")
        facts.answered.add(question_id)
        if len(path) == 2 and path[0].isdecimal():
            facts.rows[question_id] = max(facts.rows.get(question_id, 0), int(path[0]))
        _keep(facts, question_id, key, stored)
    return facts


def _keep(facts: Facts, question_id: str, key: str, stored: object) -> None:
    if isinstance(stored, float):
        stored = Decimal(repr(stored))
    if isinstance(stored, str):
        facts.values[key] = stored
    elif isinstance(stored, int | Decimal) and not isinstance(stored, bool):
        facts.values[key] = stored
        facts.countable.add(question_id)


def questions_of_previous(amounts: Iterable[Amount]) -> frozenset[str]:
    """Return the questions that these sides read in the previous round."""
    looking_back = (
        node.part
        for amount in amounts
        for node in nodes(amount)
        if isinstance(node, PreviousAmount | ChangeAmount)
    )
    return frozenset(question_id for part in looking_back for question_id, _ in part.reads())
