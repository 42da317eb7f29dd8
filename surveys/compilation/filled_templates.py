"""A compilation in a workbook of one's own."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Final, cast
from zipfile import ZIP_STORED, ZipFile

from onepublic.files.names import clean_name
from onepublic.workbook import Cell
from surveys.compilation.content import Content
from surveys.compilation.filling import Filled
from surveys.compilation.progress import Progress
from surveys.compilation.sheets import KEYS, RECEIPT, head_cells
from surveys.compilation.templates import Template, fill_form, fill_rows, template_of
from surveys.questionnaire import Questionnaire

_HELD_IN_MEMORY: Final = 4 * 1024**2


def found_in(template: BinaryIO, content: Content) -> Template:
    """The ids of this survey that the workbook holds."""
    heads = [column.headers[0] for column in (*KEYS, *RECEIPT)]
    return template_of(template, {*heads, *(column.key for column in content.columns)})


def ids_in(template: BinaryIO, revisions: Sequence[Questionnaire]) -> Template:
    """The same before anything was answered: growing tables count with all their rows.

    Raises what openpyxl raises for a workbook that it can't read.
    """
    heads = {column.headers[0] for column in (*KEYS, *RECEIPT)}
    return template_of(template, heads.union(*(each.fields_by_key for each in revisions)))


def write_filled(
    target: BinaryIO, template: BinaryIO, found: Template, content: Content, progress: Progress
) -> None:
    """Fill it: a row for each organization chosen, or a copy for each that answered, in a zip."""
    template.seek(0)
    responses = progress.over(content.responses())
    if found.is_form:
        _write_forms(target, template, found, content, responses)
    else:
        rows = (_by_id(content, response) for response in responses)
        fill_rows(template, found, rows, target)


def _write_forms(
    target: BinaryIO,
    template: BinaryIO,
    found: Template,
    content: Content,
    responses: Iterator[Filled],
) -> None:
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for response in responses:
            if response.cells is None:
                continue
            name = clean_name(f"{response.row.code}_{response.row.name}.xlsx")
            with SpooledTemporaryFile(_HELD_IN_MEMORY) as file:
                copy = cast(BinaryIO, file)
                fill_form(template, found, _by_id(content, response), copy)
                copy.seek(0)
                with archive.open(name, "w", force_zip64=True) as entry:
                    shutil.copyfileobj(copy, entry)


def _by_id(content: Content, response: Filled) -> Mapping[str, Cell]:
    heads = (column.headers[0] for column in (*KEYS, *RECEIPT))
    values = dict(zip(heads, head_cells(response.row), strict=True))
    if response.cells is None:
        return values
    keys = (column.key for column in content.columns)
    return values | dict(zip(keys, response.cells, strict=True))
