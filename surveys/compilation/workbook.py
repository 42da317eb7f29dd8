"""A compilation as a workbook: which sheets, in which order, from one pass over the answers."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from onepublic.workbook import Charts, Page, SheetLimits, write_workbook
from surveys.compilation.codebook import codebook
from surveys.compilation.content import Content
from surveys.compilation.filling import Filled
from surveys.compilation.history import history
from surveys.compilation.longform import free_texts, long_form
from surveys.compilation.progress import Progress
from surveys.compilation.sheets import answers, overview, unanswered
from surveys.compilation.spool import Spool
from surveys.compilation.summary import Summary
from surveys.states import CompilationPart

_EXCEL: Final = SheetLimits()
PASSING: Final = {CompilationPart.LONG_FORM, CompilationPart.SUMMARY, CompilationPart.FREE_TEXTS}
"""Sheets for which all responses are gone through once more."""


def write_pages(
    target: BinaryIO, content: Content, progress: Progress, *, limits: SheetLimits = _EXCEL
) -> None:
    """Write the workbook; the responses are read once and kept on disk for the later sheets."""
    with Spool() as spool:
        pages = pages_of(content, spool, progress, limits=limits)
        write_workbook(target, pages, limits=limits)


def pages_of(
    content: Content, spool: Spool, progress: Progress, *, limits: SheetLimits = _EXCEL
) -> Iterator[Page]:
    """The sheets of the order; the rows of each are read before the next one is asked for."""
    columns, parts = content.columns, set(content.order.parts)
    yield overview(content.survey, content.counts, content.published[-1].number)
    keep = bool(PASSING & parts)
    yield answers(columns, _spooled(content.responses(), spool if keep else None, progress))
    if CompilationPart.LONG_FORM in parts:
        yield long_form(columns, progress.over(spool))
    if CompilationPart.SUMMARY in parts:
        summary = Summary(columns, progress.over(spool), last_row=limits.rows)
        yield summary.sheet
        yield Charts("集計グラフ", content.survey.title, summary.charts())
    if CompilationPart.FREE_TEXTS in parts:
        yield free_texts(columns, progress.over(spool))
    if CompilationPart.UNANSWERED in parts:
        yield unanswered(content.snapshot.owing())
    yield codebook(content.revisions, columns)
    if CompilationPart.HISTORY in parts:
        converters = {each.field.key: each.converter(content.file_names) for each in columns}
        yield history(content.snapshot, converters)


def _spooled(
    responses: Iterable[Filled], spool: Spool | None, progress: Progress
) -> Iterator[Filled]:
    for response in responses:
        if spool is not None and response.cells is not None:
            spool.put(response)
        progress.step()
        yield response
