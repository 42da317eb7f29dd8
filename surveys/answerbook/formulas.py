"""Totals and calculated numbers as formulas of a sheet. What comes back is never read from them.

A blank operand gives #N/A inside a formula and a blank cell outside, as the engine's None does.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from openpyxl.utils import get_column_letter

from surveys.answerbook.layout import Address
from surveys.questionnaire.kinds import CalculatedAnswer
from surveys.questionnaire.sides import (
    Amount,
    AnsweredTime,
    Calendar,
    CellsAmount,
    ConstantAmount,
    FixedTime,
    Operation,
    Operator,
    QuestionAmount,
    RoundedAmount,
    RowsAmount,
    SpanAmount,
)

Addresses = Mapping[str, Address]


class NotInSheet(ValueError):
    """The number depends on what the sheet does not hold, such as the previous round."""


def total(keys: Sequence[str], addresses: Addresses) -> str:
    """The sum of these fields of one sheet; blank while none of them has a number."""
    cells = _areas(keys, addresses)
    return f'=IF(COUNT({cells})=0,"",SUM({cells}))'


def calculation(answer: CalculatedAnswer, addresses: Addresses) -> str:
    """The number of a calculated question. Raises NotInSheet."""
    return f'=IFERROR(ROUND({_expression(answer.formula, addresses)},{answer.decimals}),"")'


def _expression(amount: Amount, where: Addresses) -> str:
    match amount:
        case QuestionAmount(question_id):
            return _number(question_id, where)
        case CellsAmount(keys=keys):
            cells = _areas(keys, where)
            return f"IF(COUNT({cells})=0,NA(),SUM({cells}))"
        case RowsAmount(keys=keys):
            return _row_count(keys, where)
        case ConstantAmount(value):
            return f"({value:f})"
        case SpanAmount():
            return _span(amount, where)
        case RoundedAmount(part, decimals):
            return f"ROUND({_expression(part, where)},{decimals})"
        case Operation():
            return _operation(amount, where)
    raise NotInSheet


def _operation(amount: Operation, where: Addresses) -> str:
    parts = [_expression(part, where) for part in amount.parts]
    if amount.operator is Operator.MAGNITUDE:
        return f"ABS({parts[0]})"
    signs = {
        Operator.SUM: "+",
        Operator.DIFFERENCE: "-",
        Operator.PRODUCT: "*",
        Operator.QUOTIENT: "/",
    }
    return f"({signs[amount.operator].join(parts)})"


def _number(key: str, where: Addresses) -> str:
    if key not in where:
        raise NotInSheet(key)
    cell = _area([where[key]])
    return f"IF(ISNUMBER({cell}),{cell},NA())"


def _row_count(keys: Sequence[str], where: Addresses) -> str:
    """The last row in which something stands; gaps before it count."""
    if not all(key in where for key in keys):
        raise NotInSheet
    area = _area([where[key] for key in keys])
    first = _area([where[keys[0]]])
    rows = f'SUMPRODUCT(MAX(({area}<>"")*(ROW({area})-ROW({first})+1)))'
    return f"IF({rows}=0,NA(),{rows})"


def _span(amount: SpanAmount, where: Addresses) -> str:
    first, second = _moment(amount.first, where), _moment(amount.second, where)
    if amount.calendar is Calendar.DAYS:
        return f"({second}-{first})"
    return f"(YEAR({second})*12+MONTH({second})-YEAR({first})*12-MONTH({first}))"


def _moment(moment: AnsweredTime | FixedTime, where: Addresses) -> str:
    if isinstance(moment, AnsweredTime):
        return _number(moment.question_id, where)
    year, month, day = f"{moment.value}-01"[:10].split("-")
    return f"DATE({int(year)},{int(month)},{int(day)})"


def _areas(keys: Sequence[str], where: Addresses) -> str:
    """The cells as few areas: a formula takes at most 255."""
    if not keys or not all(key in where for key in keys):
        raise NotInSheet
    return ",".join(_area(run) for run in _runs([where[key] for key in keys]))


def _runs(cells: Sequence[Address]) -> Iterator[list[Address]]:
    """Neighbours in one direction, downwards or to the right."""
    run = [cells[0]]
    for before, cell in pairwise(cells):
        step = (cell.row - before.row, cell.column - before.column)
        if step in {(0, 1), (1, 0)} and _goes_on(run, step):
            run.append(cell)
        else:
            yield run
            run = [cell]
    yield run


def _goes_on(run: Sequence[Address], step: tuple[int, int]) -> bool:
    return len(run) < 2 or step == (run[1].row - run[0].row, run[1].column - run[0].column)


def _area(cells: Sequence[Address]) -> str:
    """From the first cell to the last, with the sheet's title."""
    title = cells[0].sheet.replace("'", "''")
    first, last = _name(cells[0]), _name(cells[-1])
    return f"'{title}'!{first}" if first == last else f"'{title}'!{first}:{last}"


def _name(cell: Address) -> str:
    return f"{get_column_letter(cell.column)}{cell.row}"
