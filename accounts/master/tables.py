"""Reading the CSV files of the master, with the line of every value kept for messages."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: file, line (the header is line 1) and column."""

    file: str
    line: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"{self.file} {self.line}行目 {self.column}列: {self.text}"


class MasterRefused(Exception):
    """The files can't be taken; ``problems`` says why. Nothing was changed."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = list(problems)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table."""

    file: str
    number: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The value without surrounding blanks; empty for an optional column that is absent."""
        return (self.values.get(column) or "").strip()

    def problem(self, column: str, text: str) -> Problem:
        """A problem at this line."""
        return Problem(self.file, self.number, column, text)

    def day(self, column: str) -> date | None:
        """The ISO date, or None when empty. Raises ValueError for anything else."""
        return date.fromisoformat(self[column]) if self[column] else None


def read_table(path: Path, *, columns: Sequence[str]) -> list[Line]:
    """The lines of a CSV file (UTF-8) that must have at least ``columns``.

    Raises MasterRefused when the file is missing, not UTF-8, or lacks a column or a value.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise MasterRefused([Problem(path.name, 1, "-", f"読めません（{error}）")]) from error
    reader = csv.DictReader(io.StringIO(text))
    missing = [column for column in columns if column not in (reader.fieldnames or [])]
    if missing:
        raise MasterRefused([Problem(path.name, 1, name, "列がありません") for name in missing])
    lines = [Line(path.name, reader.line_num, row) for row in reader]
    ragged = [line for line in lines if None in line.values or None in line.values.values()]
    if ragged:
        raise MasterRefused([line.problem("-", "列の数が見出しと違います") for line in ragged])
    return lines
