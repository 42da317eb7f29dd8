"""Texts that no cell can hold, in full, as a plain text file."""

from collections.abc import Sequence
from tempfile import TemporaryFile
from types import TracebackType
from typing import BinaryIO, Self, cast

from onepublic.workbook import Code, is_cut, visible_text
from surveys.compilation.columns import AnswerColumn
from surveys.compilation.filling import Filled
from surveys.compilation.longform import is_free_text

_BOM = "\ufeff"  # Windows' editor then sees that it is UTF-8


class FullTexts:
    """Watches the responses and keeps what is cut in the workbook; ``with`` takes it away."""

    def __init__(self, columns: Sequence[AnswerColumn]) -> None:
        self.file = cast(BinaryIO, TemporaryFile())  # noqa: SIM115 - __exit__ closes it
        self.count = 0
        self._columns = [(n, each) for n, each in enumerate(columns) if is_free_text(each)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.file.close()

    def watch(self, response: Filled) -> None:
        """Look through one response."""
        if response.cells is None:
            return
        for number, column in self._columns:
            text = response.cells[number]
            if isinstance(text, str) and not isinstance(text, Code) and is_cut(text):
                self._keep(response, column, text)

    def _keep(self, response: Filled, column: AnswerColumn, text: str) -> None:
        row = response.row
        head = "" if self.count else _BOM
        head += f"■ {row.code}　{row.prefecture_name}　{row.name}\n"
        head += f"　{column.key}　{column.label}（{len(text):,}文字）\n"
        self.file.write(f"{head}\n{visible_text(text)}\n\n".encode())
        self.count += 1
