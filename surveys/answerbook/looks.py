"""The look of every kind of box, as named styles: told by colour and by words alike."""

from copy import copy
from typing import Final

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.workbook import Workbook

from onepublic.workbook.styles import FONT
from surveys.answerbook.lines import Look

_BLUE, _TEXT, _GREY, _AMBER = "FF00118F", "FF1A1A1A", "FF4D4D4D", "FF8A3B00"
_STRIP, _INPUT, _LOCKED, _WHITE = "FFE8F1FE", "FFFFFBE0", "FFF0F0F0", "FFFFFFFF"
_THIN, _STRONG = Side("thin", "FF949494"), Side("medium", "FF3460FB")
_BOX: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_LEFT: Final = Alignment("left", "center", wrap_text=True)
_INDENTED: Final = Alignment("left", "center", wrap_text=True, indent=1)
_MIDDLE: Final = Alignment("center", "center", wrap_text=True)
_RIGHT: Final = Alignment("right", "center", shrink_to_fit=True)


def _style(
    look: Look,
    size: float = 11,
    colour: str = _TEXT,
    fill: str = "",
    *,
    bold: bool = False,
    border: Border | None = None,
    layout: Alignment = _LEFT,
    locked: bool = True,
) -> NamedStyle:
    return NamedStyle(
        str(look),
        font=Font(FONT, size, bold=bold, color=colour),
        fill=PatternFill("solid", fill) if fill else PatternFill(),
        border=border or Border(),
        alignment=layout,
        protection=Protection(locked=locked),
    )


_UNDERLINED = Border(bottom=_STRONG)
_STYLES: Final = (
    _style(Look.TITLE, 16, _BLUE, bold=True, border=_UNDERLINED),
    _style(Look.QUIET, 9.5, _GREY),
    _style(Look.TEXT, 10.5),
    _style(Look.STRIP_NUMBER, 11, _BLUE, _STRIP, bold=True, layout=_MIDDLE),
    _style(Look.STRIP, 11, _TEXT, _STRIP, bold=True),
    _style(Look.CONDITION, 10, _AMBER),
    _style(Look.HINT, 9.5, _GREY, layout=_LEFT),
    _style(Look.OPTION, 10.5, layout=_INDENTED, border=_BOX),
    _style(Look.HEAD, 10, _TEXT, _STRIP, border=_BOX, layout=_MIDDLE),
    _style(Look.ROW_HEAD, 10.5, border=_BOX, layout=_INDENTED),
    _style(Look.INPUT, 11, fill=_INPUT, border=_BOX, layout=_RIGHT, locked=False),
    _style(Look.INPUT_TEXT, 11, fill=_INPUT, border=_BOX, layout=_INDENTED, locked=False),
    _style(Look.INPUT_MARK, 11, fill=_INPUT, border=_BOX, layout=_MIDDLE, locked=False),
    _style(Look.LOCKED, 10, _GREY, _LOCKED, border=_BOX, layout=_MIDDLE),
    _style(Look.TOTAL, 11, fill=_LOCKED, border=_BOX, layout=_RIGHT),
    _style(Look.UNIT, 10.5, layout=_INDENTED),
    _style(Look.LINK, 11, _BLUE, border=_BOX, layout=_INDENTED),
)


def add_looks(book: Workbook) -> None:
    """Make the styles known to a new workbook."""
    for style in _STYLES:
        book.add_named_style(copy(style))
