"""What the answers of the previous round say to rules and formulas of this one."""

from collections.abc import Mapping
from decimal import Decimal

from surveys.questionnaire.conditions import Facts
from surveys.questionnaire.values import is_blank, is_none_applicable


def facts_of_previous(previous: Mapping[str, object]) -> Facts:
    """Return the numbers, days and months in `previous` (field key → JSON value).

    Last round's own limits were kept when it was submitted; this round's do not bind it.
    """
    facts = Facts({})
    for key, stored in previous.items():
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
