"""Whether a workbook of one's own can be filled, asked before it is taken in."""

from collections.abc import Sequence
from typing import BinaryIO, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from django.core.exceptions import ValidationError
from openpyxl.utils.exceptions import InvalidFileException

from onepublic.workbook import WorkbookRefused
from onepublic.workbook.admission import AdmissionLimits
from onepublic.workbook.grids import read_grids
from surveys.compilation.filled_templates import ids_in
from surveys.compilation.obstacles import obstacle
from surveys.questionnaire import Questionnaire

_NO_IDS: Final = "この調査の項目IDが、見出しにもセルの名前にも見つかりません。"
_UNREADABLE: Final = (
    "このExcelファイルは読み込めません。Excelで開いて保存し直してから、もう一度選んでください。"
)
# openpyxl holds each cell as an object, a hundred times what it takes in the file
_LIMITS: Final = AdmissionLimits(
    members=500, unpacked_bytes=10 * 1024**2, ratio_from_bytes=1024**2, cells=300_000
)
_BROKEN: Final = (
    BadZipFile, InvalidFileException, ParseError,
    ArithmeticError, AttributeError, EOFError, LookupError, TypeError, ValueError,
)  # fmt: skip


def refuse_unfillable(workbook: BinaryIO, revisions: Sequence[Questionnaire]) -> None:
    """Raise ValidationError, saying what to change, unless the workbook can be filled with the
    answers to a questionnaire of these revisions.
    """
    try:
        reason = _reason(workbook, revisions)
    except WorkbookRefused as refusal:
        raise ValidationError(str(refusal)) from refusal
    except _BROKEN as error:
        raise ValidationError(_UNREADABLE) from error
    if reason:
        raise ValidationError(reason)


def _reason(workbook: BinaryIO, revisions: Sequence[Questionnaire]) -> str:
    read_grids(workbook, limits=_LIMITS)
    workbook.seek(0)
    found = ids_in(workbook, revisions)
    if not found.headings and not found.names:
        return _NO_IDS
    workbook.seek(0)
    return obstacle(workbook, found)
