"""A questionnaire as a workbook that people read and edit: a sheet per section, one for the rules.

A row is a question, or a part of the question above it: an option, a row, a column. What was
written reads back as the same questionnaire; people may change cells, add rows without ids, move
and rename columns and sheets. Everything wrong is told at once, by sheet, row and column.
"""

from surveys.authoring.sheets.reading import holds_sections, read_sheets
from surveys.authoring.sheets.writing import write_sheets

__all__ = ["holds_sections", "read_sheets", "write_sheets"]
