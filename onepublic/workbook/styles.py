"""The one style sheet of our workbooks, and the numbers by which cells refer to it."""

from onepublic.workbook.sheets import Format

FONT = "游ゴシック"
_FONTS = (
    (11, False, ""),
    (11, True, ""),
    (14, True, ""),
    (11, False, "FF6B6B6B"),
)  # size, bold, colour
_PLAIN, _BOLD, _LARGE, _GREY = range(4)
_FORMATS = {165: "#,##0.0", 166: "0.0%", 167: "yyyy/mm/dd", 168: "yyyy/mm/dd hh:mm:ss"}
_TOP = '<alignment vertical="top"/>'
_WRAPPED = '<alignment vertical="top" wrapText="1"/>'
_CENTERED = '<alignment vertical="center" wrapText="1"/>'


def _style(
    number_format: int = 0, *, font: int = _PLAIN, box: int = 0, layout: str = _TOP, quoted: int = 0
) -> str:
    """One `<xf>`; `box` 1 has fill and border, `quoted` 1 keeps text text when it is edited."""
    fill = 2 if box else 0  # fills 0 and 1 are reserved by Excel
    return (
        f'<xf numFmtId="{number_format}" fontId="{font}" fillId="{fill}" borderId="{box}" xfId="0"'
        f' quotePrefix="{quoted}" applyNumberFormat="1" applyFont="1" applyFill="1"'
        f' applyBorder="1" applyAlignment="1">{layout}</xf>'
    )


_STYLES = {
    "general": _style(),
    "quoted": _style(quoted=1),
    "text": _style(49),  # 49 is Excel's own "@"
    "long": _style(layout=_WRAPPED),
    "long quoted": _style(layout=_WRAPPED, quoted=1),
    "count": _style(3),
    "one place": _style(165),
    "two places": _style(4),
    "percent": _style(166),
    "date": _style(167),
    "datetime": _style(168),
    "code": _style(font=_GREY),
    "header": _style(font=_BOLD, box=1, layout=_CENTERED),
    "heading": _style(font=_LARGE),
    "section": _style(font=_BOLD),
}
_NUMBER = {name: number for number, name in enumerate(_STYLES)}

DATE = _NUMBER["date"]
DATETIME = _NUMBER["datetime"]
CODE = _NUMBER["code"]
HEADER = _NUMBER["header"]
HEADING = _NUMBER["heading"]
SECTION = _NUMBER["section"]

NUMBER_STYLE = {
    Format.GENERAL: _NUMBER["general"],
    Format.TEXT: _NUMBER["general"],
    Format.LONG_TEXT: _NUMBER["long"],
    Format.COUNT: _NUMBER["count"],
    Format.ONE_PLACE: _NUMBER["one place"],
    Format.TWO_PLACES: _NUMBER["two places"],
    Format.PERCENT: _NUMBER["percent"],
}
_TEXT_NAMES = {Format.TEXT: ("text", "text"), Format.LONG_TEXT: ("long", "long quoted")}
TEXT_STYLE = {
    format: tuple(_NUMBER[name] for name in _TEXT_NAMES.get(format, ("general", "quoted")))
    for format in Format
}
COLUMN_STYLE = {format: TEXT_STYLE[format][0] for format in (Format.TEXT, Format.LONG_TEXT)}


def styles_xml() -> str:
    """xl/styles.xml: fonts, fills, borders and cell formats in the order Excel demands."""
    formats = (f'<numFmt numFmtId="{i}" formatCode="{code}"/>' for i, code in _FORMATS.items())
    edges = "".join(
        f'<{side} style="thin"><color rgb="FF8A97A8"/></{side}>'
        for side in ("left", "right", "top", "bottom")
    )
    return (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<numFmts count="{len(_FORMATS)}">{"".join(formats)}</numFmts>'
        f'<fonts count="{len(_FONTS)}">{"".join(_font(*font) for font in _FONTS)}</fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">'
        '<fgColor rgb="FFDCE6F1"/><bgColor indexed="64"/></patternFill></fill></fills>'
        '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
        f"<border>{edges}<diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{len(_STYLES)}">{"".join(_STYLES.values())}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _font(size: int, bold: bool, colour: str) -> str:
    weight = "<b/>" if bold else ""
    ink = f'<color rgb="{colour}"/>' if colour else ""
    return f'<font>{weight}<sz val="{size}"/>{ink}<name val="{FONT}"/><family val="3"/></font>'
