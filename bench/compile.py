"""Compiling: the answers of 1,788 organizations from the database into a workbook."""

from bench import compilation, writing
from bench.measurement import Measurement


def run() -> list[Measurement]:
    """The whole compilation of a survey, and the writer that it stands on."""
    return [*compilation.measure(), *writing.measure()]
