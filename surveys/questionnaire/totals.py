"""Totals of tables, shown beside what is typed."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from surveys.questionnaire.document import Field, Table
from surveys.questionnaire.findings import TableTotals
from surveys.questionnaire.values import Value


def table_totals(
    table: Table, cells: tuple[Field, ...], values: Mapping[str, Value]
) -> TableTotals:
    """Add up the valid numbers in `values`; refused and blank cells add nothing."""
    if not table.row_totals and not table.column_totals:
        return TableTotals(rows={}, columns={}, grand=None)
    rows: dict[str, list[Decimal]] = {row.id: [] for row in table.rows}
    columns: dict[str, list[Decimal]] = {column.id: [] for column in table.number_columns}
    for cell in cells:
        value = values.get(cell.key)
        if value is None or not cell.row or not cell.column or cell.column.id not in columns:
            continue  # most cells of a table with added rows are not there
        if isinstance(value, int | Decimal):
            amount = Decimal(value)
            rows[cell.row.id].append(amount)
            columns[cell.column.id].append(amount)
    every = [amount for amounts in rows.values() for amount in amounts]
    return TableTotals(
        rows=_sums(rows) if table.row_totals else {},
        columns=_sums(columns) if table.column_totals else {},
        grand=_sum(every) if table.row_totals and table.column_totals else None,
    )


def _sums(groups: Mapping[str, list[Decimal]]) -> dict[str, Decimal | None]:
    return {name: _sum(amounts) for name, amounts in groups.items()}


def _sum(amounts: Iterable[Decimal]) -> Decimal | None:
    amounts = list(amounts)
    return sum(amounts, start=Decimal()) if amounts else None
