"""Small real files for the sample attachments: each opens in the program of its ending."""

import io
import zipfile
from collections.abc import Callable

from openpyxl import Workbook

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SLIDE_NAMESPACE = "http://schemas.openxmlformats.org/presentationml/2006/main"
PDF_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/HeiseiKakuGo-W5/Encoding/UniJIS-UCS2-H"
    "/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiKakuGo-W5"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>"
    "/FontDescriptor<</Type/FontDescriptor/FontName/HeiseiKakuGo-W5/Flags 4"
    "/FontBBox[-92 -250 1010 922]/ItalicAngle 0/Ascent 752/Descent -221/CapHeight 737/StemV 114>>"
    ">>]>>"
)


def sample_file(name: str) -> bytes:
    """The content of a sample attachment of this name; its title is the name itself.

    Raises KeyError for an ending that the samples do not have.
    """
    stem, _, ending = name.rpartition(".")
    return MAKERS[ending](stem)


def _pdf(title: str) -> bytes:
    text = f"見本　{title}".encode("utf-16-be").hex().upper()
    stream = f"BT /F1 16 Tf 60 760 Td <{text}> Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        PDF_FONT,
    ]
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj{content}endobj\n"
    rows = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
    tail = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + table + tail).encode("ascii")


def _xlsx(title: str) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "見本"
    sheet.append([f"見本　{title}"])
    sheet.append(["番号", "項目", "記入欄"])
    for number in range(1, 6):
        sheet.append([number, f"項目{number}", None])
    return _saved(book.save)


def _docx(title: str) -> bytes:
    paragraph = f"<w:p><w:r><w:t>見本　{title}</w:t></w:r></w:p>"
    document = f'<w:document xmlns:w="{WORD_NAMESPACE}"><w:body>{paragraph}</w:body></w:document>'
    return _office("word/document.xml", WORD, document)


def _pptx(title: str) -> bytes:
    size = '<p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/>'
    document = f'<p:presentation xmlns:p="{SLIDE_NAMESPACE}">{size}</p:presentation>'
    return _office("ppt/presentation.xml", SLIDES, document)


def _zip(title: str) -> bytes:
    return _archive({f"{title}.txt": _text(title)})


def _text(title: str) -> bytes:
    return f"見本　{title}\n".encode()


def _office(part: str, media_type: str, document: str) -> bytes:
    types = (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{part}" ContentType="{media_type}"/></Types>'
    )
    relation = f'<Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="{part}"/>'
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">{relation}</Relationships>'
    parts = {"[Content_Types].xml": types, "_rels/.rels": relations, part: document}
    return _archive({name: xml.encode() for name, xml in parts.items()})


def _archive(members: dict[str, bytes]) -> bytes:
    def save(target: io.BytesIO) -> None:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)

    return _saved(save)


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    target = io.BytesIO()
    save(target)
    return target.getvalue()


MAKERS: dict[str, Callable[[str], bytes]] = {
    "pdf": _pdf,
    "xlsx": _xlsx,
    "docx": _docx,
    "pptx": _pptx,
    "zip": _zip,
    "txt": _text,
}
