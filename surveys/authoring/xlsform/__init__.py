"""Questionnaires as XLSForm (https://xlsform.org): sheets survey, choices, settings.

Both ways in the subset that both languages have. What the other one can't say is listed by sheet,
row and column on the way in, and on a sheet of its own on the way out; nothing is lost in silence.
"""

from surveys.authoring.xlsform.reading import NOTES_SHEET, holds_survey, read_xlsform
from surveys.authoring.xlsform.writing import write_xlsform

__all__ = ["NOTES_SHEET", "holds_survey", "read_xlsform", "write_xlsform"]
