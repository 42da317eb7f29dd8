"""The names of the kinds of value, as the form, the workbook and the code book know them."""

from enum import StrEnum


class ValueKind(StrEnum):
    """What the value of a field is."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    RANKING = "ranking"
    BOOLEAN = "boolean"
    DATE = "date"
    YEAR = "year"
    MONTH = "month"
    ORGANIZATION = "organization"
    FILES = "files"
