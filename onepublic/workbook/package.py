"""The zip around the sheets: parts, relations, and the names that the sheets define."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import IO, BinaryIO, Self
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from onepublic.workbook.styles import styles_xml
from onepublic.workbook.titles import SheetTitles

_LEVEL = 2  # a quarter less CPU than level 6 in all, a quarter more bytes
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OTHER = "application/vnd.openxmlformats-officedocument.drawing"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"


class Package:
    """A workbook being written to a stream, one sheet after the other.

    Equal sheets give equal bytes: zip entries opened by name bear the date 1980-01-01.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._zip = ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=_LEVEL)
        self._titles = SheetTitles()
        self._sheets: list[str] = []
        self._names: list[str] = []
        self._drawings = 0
        self._charts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._finish()
        self._zip.close()

    @property
    def is_empty(self) -> bool:
        """True until the first sheet."""
        return not self._sheets

    def new_sheet(self, title: str) -> AbstractContextManager[IO[bytes]]:
        """A stream for the XML of the next sheet; only one can be open at a time."""
        self._sheets.append(self._titles.take(title))
        return self._zip.open(f"xl/worksheets/sheet{len(self._sheets)}.xml", "w")

    def define_name(self, name: str, areas: list[str], *, hidden: bool = False) -> None:
        """A name of Excel's own (_xlnm.…) for areas such as $A$1:$B$9 of the last sheet."""
        sheet = "'" + self._sheets[-1].replace("'", "''") + "'"
        target = escape(",".join(f"{sheet}!{area}" for area in areas))
        flag = ' hidden="1"' if hidden else ""
        index = len(self._sheets) - 1
        self._names.append(
            f'<definedName name="{name}" localSheetId="{index}"{flag}>{target}</definedName>'
        )

    def add_drawing(self, xml: str, charts: Sequence[str]) -> None:
        """A drawing of the last sheet, which refers to it as rId1; it refers to ``charts``,
        chart parts without declaration, as rId1, rId2, …
        """
        self._drawings += 1
        numbers = range(self._charts + 1, self._charts + len(charts) + 1)
        for number, chart in zip(numbers, charts, strict=True):
            self._add(f"xl/charts/chart{number}.xml", chart)
        self._charts += len(charts)
        name = f"drawing{self._drawings}.xml"
        own = [("drawing", f"../drawings/{name}")]
        self._add(f"xl/worksheets/_rels/sheet{len(self._sheets)}.xml.rels", _relations(own))
        self._add(f"xl/drawings/{name}", xml)
        targets = [("chart", f"../charts/chart{number}.xml") for number in numbers]
        self._add(f"xl/drawings/_rels/{name}.rels", _relations(targets))

    def _finish(self) -> None:
        if self.is_empty:
            raise ValueError("a workbook needs at least one sheet")
        self._add("xl/styles.xml", styles_xml())
        self._add("xl/workbook.xml", self._workbook())
        self._add("xl/_rels/workbook.xml.rels", self._workbook_relations())
        self._add("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        self._add("[Content_Types].xml", self._content_types())

    def _add(self, path: str, xml: str) -> None:
        with self._zip.open(path, "w") as entry:
            entry.write((_DECLARATION + xml).encode())

    def _workbook(self) -> str:
        sheets = "".join(
            f'<sheet name={quoteattr(title)} sheetId="{n}" r:id="rId{n}"/>'
            for n, title in enumerate(self._sheets, 1)
        )
        names = "".join(self._names)
        defined = f"<definedNames>{names}</definedNames>" if names else ""
        return (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr/>'
            f"<bookViews><workbookView/></bookViews><sheets>{sheets}</sheets>{defined}</workbook>"
        )

    def _workbook_relations(self) -> str:
        sheets = (("worksheet", f"worksheets/sheet{n + 1}.xml") for n in range(len(self._sheets)))
        return _relations([*sheets, ("styles", "styles.xml")])

    def _content_types(self) -> str:
        parts = {f"worksheets/sheet{n + 1}.xml": "worksheet" for n in range(len(self._sheets))}
        parts |= {"workbook.xml": "sheet.main", "styles.xml": "styles"}
        types = {path: f"{_CONTENT}.{kind}" for path, kind in parts.items()}
        for n in range(1, self._drawings + 1):
            types[f"drawings/drawing{n}.xml"] = f"{_OTHER}.drawing"
        for n in range(1, self._charts + 1):
            types[f"charts/chart{n}.xml"] = f"{_OTHER}ml.chart"
        overrides = "".join(
            f'<Override PartName="/xl/{path}" ContentType="{kind}+xml"/>'
            for path, kind in types.items()
        )
        relations = "application/vnd.openxmlformats-package.relationships+xml"
        return (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="{relations}"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
        )


def _relations(targets: list[tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'
