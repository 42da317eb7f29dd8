"""Responses on disk between two sheets: they are read from the database and evaluated once."""

import pickle
from collections.abc import Iterator
from tempfile import TemporaryFile
from types import TracebackType
from typing import Self

from surveys.compilation.filling import Filled


class Spool:
    """Keeps the responses that were handed in, in their order, in an unnamed temporary file.

    Memory stays the same however many there are; ``with`` takes the file away.
    """

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - __exit__ closes it
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def put(self, response: Filled) -> None:
        """Keep one more."""
        pickle.dump(response, self._file, pickle.HIGHEST_PROTOCOL)
        self.count += 1

    def __iter__(self) -> Iterator[Filled]:
        """All of them from the first on; one loop at a time."""
        self._file.seek(0)
        for _ in range(self.count):
            response: Filled = pickle.load(self._file)  # noqa: S301 - our own file
            yield response
