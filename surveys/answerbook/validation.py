"""Checks as the data validations of a sheet, with lists on the hidden sheet."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from surveys.answerbook.checks import Check
from surveys.answerbook.codes import SHEET
from surveys.answerbook.lines import Box
from surveys.answerbook.putting import cell_at, put_text
from surveys.questionnaire.values import NONE_LABEL

_DIGITS: Final = frozenset({"whole", "decimal", "date"})
_TITLE: Final = "入力内容をご確認ください"
_DAY_ZERO: Final = dt.date(1899, 12, 30)
_FIRST_LIST: Final = 3  # column C of the hidden sheet


class Validations:
    """The validations of a workbook. Equal lists are written once."""

    def __init__(self) -> None:
        self._lists: dict[tuple[str, ...], int] = {}

    def apply(self, worksheet: Worksheet, boxes: Iterable[tuple[str, Box]]) -> None:
        """Check the boxes at these addresses; equal checks share one validation."""
        cells: dict[Check, list[str]] = {}
        for address, box in boxes:
            if box.check is None:
                continue
            if box.check.none and box.check.kind != "list":
                worksheet.add_data_validation(self._with_none(box.check, address))
            else:
                cells.setdefault(box.check, []).append(address)
        for check, found in cells.items():
            worksheet.add_data_validation(self._plain(check, " ".join(found)))

    def write_lists(self, worksheet: Worksheet) -> None:
        """Write the lists to the hidden sheet, a column each."""
        for items, column in self._lists.items():
            for row, item in enumerate(items, 1):
                put_text(cell_at(worksheet, row, column), item)

    def _plain(self, check: Check, cells: str) -> DataValidation:
        if check.kind == "list":
            column = self._lists.setdefault(check.items, _FIRST_LIST + len(self._lists))
            letter = get_column_letter(column)
            return _validation(check, cells, f"{SHEET}!${letter}$1:${letter}${len(check.items)}")
        return _validation(check, cells, _number(check.low), _number(check.high))

    def _with_none(self, check: Check, cell: str) -> DataValidation:
        """A number or day in its range, or 該当なし; the formula is about one cell."""
        low, high = _number(check.low), _number(check.high)
        whole = f",{cell}=INT({cell})" if check.kind == "whole" else ""
        number = f"AND({cell}>={low},{cell}<={high}{whole})"
        formula = f'IF(ISNUMBER({cell}),{number},{cell}="{NONE_LABEL}")'
        validation = _validation(check, cell, formula)
        validation.type = "custom"
        return validation


def _validation(check: Check, cells: str, first: str, second: str | None = None) -> DataValidation:
    """``first`` is a list, a formula, or the lower bound."""
    return DataValidation(
        type=check.kind,
        sqref=cells,
        formula1=first,
        formula2=second,
        operator="between" if second is not None else None,
        allow_blank=True,
        imeMode="off" if check.kind in _DIGITS else None,
        showErrorMessage=True,
        errorStyle="stop" if check.strict else "warning",
        errorTitle=_TITLE,
        error=check.message,
    )


def _number(bound: Decimal | dt.date | None) -> str:
    if isinstance(bound, dt.date):
        return str((bound - _DAY_ZERO).days)
    return format(Decimal(0) if bound is None else bound, "f")
