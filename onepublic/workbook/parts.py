"""Where a workbook keeps its sheets, and which of its styles show per cent."""

import re
from collections.abc import Callable, Iterator, Mapping
from posixpath import normpath
from typing import Final
from xml.parsers import expat
from zipfile import ZipFile

_BOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_STYLES: Final = "xl/styles.xml"
_BUILT_IN_PERCENTS: Final = frozenset({"9", "10"})
_QUOTED: Final = re.compile(r'"[^"]*"|\\.')


def sheet_parts(archive: ZipFile) -> dict[str, str]:
    """The name inside the archive of every worksheet that is there, by title.

    Raises ValueError for what isn't XML, KeyError where a part is missing.
    """
    targets = {
        attributes["Id"]: normpath(f"/xl/{attributes['Target']}").removeprefix("/")
        if not attributes["Target"].startswith("/")
        else attributes["Target"].removeprefix("/")
        for name, attributes in _elements(archive, _RELATIONS)
        if name == "Relationship"
    }
    titles = {
        attributes["name"]: targets.get(_relation(attributes), "")
        for name, attributes in _elements(archive, _BOOK)
        if name == "sheet"
    }
    there = set(archive.namelist())
    return {title: part for title, part in titles.items() if part in there}


def percent_styles(archive: ZipFile) -> frozenset[str]:
    """The numbers of the cell styles that show a fraction in per cent."""
    if _STYLES not in archive.namelist():
        return frozenset()
    percents, found, in_cells, number = set(_BUILT_IN_PERCENTS), set(), False, 0
    for name, attributes in _elements(archive, _STYLES):
        if name == "numFmt" and "%" in _QUOTED.sub("", attributes.get("formatCode", "")):
            percents.add(attributes.get("numFmtId", ""))
        elif name in {"cellXfs", "cellStyles"}:
            in_cells = name == "cellXfs"
        elif name == "xf" and in_cells:
            if attributes.get("numFmtId") in percents:
                found.add(str(number))
            number += 1
    return frozenset(found)


def _relation(attributes: Mapping[str, str]) -> str:
    """The id of a sheet's relation: r:id, whatever the prefix."""
    return next((value for key, value in attributes.items() if key.endswith(":id")), "")


def _elements(archive: ZipFile, part: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every element of a part by its name without prefix, in order."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    start: Callable[[str, dict[str, str]], None] = lambda name, attributes: found.append(  # noqa: E731
        (name.rpartition(":")[2], attributes)
    )
    parser.StartElementHandler = start
    try:
        parser.Parse(archive.read(part), True)
    except expat.ExpatError as error:
        raise ValueError(part) from error
    return iter(found)
