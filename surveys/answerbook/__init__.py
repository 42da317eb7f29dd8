"""The answer workbook: a response as an Excel file that is filled in offline and read back.

It knows no Django: the engine judges, openpyxl writes, calamine reads.
"""

from surveys.answerbook.codes import Identity
from surveys.answerbook.comparing import Change, Differences, compare
from surveys.answerbook.cover import Cover
from surveys.answerbook.reading import read_answer_book
from surveys.answerbook.said import BookReading, Complaint, Entry
from surveys.answerbook.writing import Response, write_answer_book

__all__ = [
    "BookReading",
    "Change",
    "Complaint",
    "Cover",
    "Differences",
    "Entry",
    "Identity",
    "Response",
    "compare",
    "read_answer_book",
    "write_answer_book",
]
