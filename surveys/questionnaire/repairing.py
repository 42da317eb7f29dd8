"""Change numbers until a rule holds: most rules compare two weighted sums."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from random import Random
from typing import Final

from surveys.questionnaire.conditions import Facts, Op
from surveys.questionnaire.document import Questionnaire
from surveys.questionnaire.guesses import draw_value
from surveys.questionnaire.kinds import Answer, NumberAnswer, ValueKind
from surveys.questionnaire.rules import ComparisonRule
from surveys.questionnaire.values import Value
from surveys.questionnaire.weighing import Side, weighed_sides

_UNBOUNDED: Final = Decimal(10) ** 9
_TRIES: Final = 40
_TIMES: Final = (ValueKind.DATE, ValueKind.MONTH, ValueKind.YEAR)


class Ledger:
    """The numbers of one response while they are being changed."""

    def __init__(
        self, questionnaire: Questionnaire, answers: dict[str, Value], facts: Facts, rng: Random
    ) -> None:
        self._questionnaire = questionnaire
        self._answers = answers
        self._facts = facts
        self.rng = rng

    def settles(self, rule: ComparisonRule) -> bool:
        """Tell whether the rule holds by now."""
        return not rule.broken(self._facts)

    def takes(self, key: str) -> bool:
        """Tell whether the field takes numbers that may be chosen freely."""
        return isinstance(self.answer(key), NumberAnswer)

    def exists(self, key: str) -> bool:
        """Tell whether the field is there: rows that nobody added are not."""
        field = self._questionnaire.field(key)
        rows = self._facts.rows.get(field.question.id)
        return rows is None or field.row is None or int(field.row.id) <= rows

    def is_time(self, key: str) -> bool:
        """Tell whether the field takes a date, a month or a year."""
        return self._questionnaire.field(key).kind in _TIMES

    def redraw(self, key: str) -> None:
        """Write another date, month or year."""
        self.write(key, draw_value(self._questionnaire.field(key), 0, self.rng))

    def number(self, key: str) -> Decimal:
        """Return the number in a field, 0 when it is blank."""
        value = self._facts.values.get(key)
        return Decimal(value) if isinstance(value, int | Decimal) else Decimal(0)

    def total(self, side: Side) -> Decimal:
        """Return what a side amounts to."""
        return side.constant + sum(
            (weight * self.number(key) for key, weight in side.weights.items()), Decimal(0)
        )

    def step(self, key: str) -> Decimal:
        """Return the finest difference that the field can hold."""
        return Decimal(1).scaleb(-self._answer(key).decimals)

    def put(self, key: str, wanted: Decimal, rounding: str) -> None:
        """Write the nearest number that the field takes."""
        answer, step = self._answer(key), self.step(key)
        low = answer.minimum if answer.minimum is not None else -_UNBOUNDED
        high = answer.maximum if answer.maximum is not None else _UNBOUNDED
        number = (wanted / step).to_integral_value(rounding) * step
        self.write(key, answer.normalise(min(high, max(low, number))))

    def write(self, key: str, value: Value) -> None:
        """Write a value that the field takes."""
        self._answers[key] = self._facts.values[key] = value

    def answer(self, key: str) -> Answer:
        """Return what the field takes."""
        return self._questionnaire.field(key).answer

    def _answer(self, key: str) -> NumberAnswer:
        answer = self.answer(key)
        if not isinstance(answer, NumberAnswer):
            raise TypeError(f"{key} takes no number")
        return answer


def repair(rule: ComparisonRule, ledger: Ledger) -> None:
    """Try to make `rule` hold: the left side yields first, then the right."""
    sides = weighed_sides(rule)
    if sides is None or not all(ledger.takes(key) for side in sides for key in side.weights):
        _wander(rule, ledger)
        return
    left, right = (_existing(side, ledger) for side in sides)
    if not left.weights and not right.weights:
        return  # both sides read the same: no number can change the outcome
    match rule.op:
        case Op.LE | Op.LT:
            _make_smaller(left, right, ledger, rule.op is Op.LT)
        case Op.GE | Op.GT:
            _make_greater(left, right, ledger, rule.op is Op.GT)
        case Op.EQ:
            _make_equal(left, right, ledger)
        case _:
            _move(left if left.weights else right, ledger)


def _existing(side: Side, ledger: Ledger) -> Side:
    weights = {key: weight for key, weight in side.weights.items() if ledger.exists(key)}
    return Side(weights, side.constant)


def _wander(rule: ComparisonRule, ledger: Ledger) -> None:
    """Try other dates, and numbers around the present ones: what has no simple inverse."""
    keys = [key for key in rule.field_keys if ledger.exists(key)]
    movable = [key for key in keys if ledger.takes(key) or ledger.is_time(key)]
    for _ in range(_TRIES if movable else 0):
        key = ledger.rng.choice(movable)
        if ledger.is_time(key):
            ledger.redraw(key)
        else:
            _nudge(key, ledger)
        if ledger.settles(rule):
            return


def _nudge(key: str, ledger: Ledger) -> None:
    factor = Decimal(str(round(ledger.rng.lognormvariate(0, 1), 3)))
    step = ledger.rng.choice((-1, 0, 1)) * ledger.step(key)
    ledger.put(key, ledger.number(key) * factor + step, ROUND_FLOOR)


def _make_smaller(left: Side, right: Side, ledger: Ledger, strict: bool) -> None:
    limit = ledger.total(right) - _margin(left, right, ledger, strict)
    share = Decimal(str(round(ledger.rng.uniform(0.6, 1), 3)))
    _spread(left, max(limit * share, left.constant), ledger, ROUND_FLOOR)
    needed = ledger.total(left) + _margin(left, right, ledger, strict)
    if ledger.total(right) < needed:
        _spread(right, needed, ledger, ROUND_CEILING)


def _make_greater(left: Side, right: Side, ledger: Ledger, strict: bool) -> None:
    limit = ledger.total(right) + _margin(left, right, ledger, strict)
    share = Decimal(str(round(ledger.rng.uniform(1, 1.3), 3)))
    _spread(left, limit * share, ledger, ROUND_CEILING)
    allowed = ledger.total(left) - _margin(left, right, ledger, strict)
    if ledger.total(right) > allowed:
        _spread(right, allowed, ledger, ROUND_FLOOR)


def _make_equal(left: Side, right: Side, ledger: Ledger) -> None:
    """Let the side with more fields, a breakdown, follow the other; then the other follow it."""
    detail, whole = (left, right) if len(left.weights) >= len(right.weights) else (right, left)
    _spread(detail, ledger.total(whole), ledger, ROUND_FLOOR)
    if ledger.total(detail) != ledger.total(whole):
        _spread(whole, ledger.total(detail), ledger, ROUND_FLOOR)


def _move(side: Side, ledger: Ledger) -> None:
    key = ledger.rng.choice(list(side.weights))
    before = ledger.number(key)
    ledger.put(key, before + ledger.step(key), ROUND_CEILING)
    if ledger.number(key) == before:
        ledger.put(key, before - ledger.step(key), ROUND_FLOOR)


def _margin(left: Side, right: Side, ledger: Ledger, strict: bool) -> Decimal:
    if not strict:
        return Decimal(0)
    return min(
        weight * ledger.step(key) for side in (left, right) for key, weight in side.weights.items()
    )


def _spread(side: Side, target: Decimal, ledger: Ledger, rounding: str) -> None:
    """Bring a side as near to `target` as its fields allow, keeping their proportions."""
    before = {key: ledger.number(key) for key in side.weights}
    total = ledger.total(side) - side.constant
    wanted = target - side.constant
    for key, number in before.items() if total else ():
        ledger.put(key, number * wanted / total, ROUND_FLOOR)
    keys = list(side.weights)
    ledger.rng.shuffle(keys)
    for key in keys:
        rest = target - ledger.total(side)
        if rest == 0:
            return
        ledger.put(key, ledger.number(key) + rest / side.weights[key], rounding)
