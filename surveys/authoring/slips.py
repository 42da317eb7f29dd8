"""What is wrong, or left out, at one place of a workbook."""

from collections.abc import Iterable
from dataclasses import dataclass

from onepublic.workbook.layout import column_letters


@dataclass(frozen=True, slots=True)
class Slip:
    """A place, counted from 1 (0: the whole row, the whole sheet), and a reason in Japanese."""

    sheet: str
    row: int
    column: int
    reason: str

    @property
    def place(self) -> str:
        """The place as a person finds it: 「基本情報」シート E5."""
        sheet = f"「{self.sheet}」シート"
        if not self.row:
            return sheet
        return (
            f"{sheet} {column_letters(self.column)}{self.row}"
            if self.column
            else f"{sheet} {self.row}行目"
        )

    def __str__(self) -> str:
        return f"{self.place}：{self.reason}"


class SheetsRefused(ValueError):
    """A workbook that can't be taken over; ``slips`` says everything that is wrong in it."""

    def __init__(self, slips: Iterable[Slip]) -> None:
        self.slips = tuple(slips)
        super().__init__("\n".join(map(str, self.slips)))
