from decimal import Decimal

from surveys.questionnaire import TableTotals, evaluate
from tests.surveys.questionnaire.building import TOWN, parsed, table


def test_nothing_typed_has_no_total() -> None:
    evaluation = evaluate(parsed(table("t")), {}, TOWN)

    assert evaluation.totals == {
        "t": TableTotals({"r1": None, "r2": None}, {"m": None, "f": None}, None)
    }


def test_zero_is_a_total() -> None:
    evaluation = evaluate(parsed(table("t")), {"t.r1.m": 0}, TOWN)

    zero = Decimal(0)
    assert evaluation.totals == {
        "t": TableTotals({"r1": zero, "r2": None}, {"m": zero, "f": None}, zero)
    }


def test_only_the_totals_that_are_asked_for() -> None:
    questionnaire = parsed(table("t", totals={"row": False, "column": True}))

    evaluation = evaluate(questionnaire, {"t.r1.m": 2, "t.r2.m": 3}, TOWN)

    assert evaluation.totals == {"t": TableTotals({}, {"m": Decimal(5), "f": None}, None)}
