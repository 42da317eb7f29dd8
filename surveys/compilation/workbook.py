"""A compilation as a workbook: which sheets, in which order, from one pass over the answers."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import BinaryIO, Final

from onepublic.workbook import Charts, Page, write_workbook
from surveys.compilation.codebook import codebook
from surveys.compilation.columns import AnswerColumn, joined_columns
from surveys.compilation.filling import Filled, filled
from surveys.compilation.history import history
from surveys.compilation.longform import free_texts, long_form
from surveys.compilation.progress import Progress
from surveys.compilation.sheets import answers, overview, unanswered
from surveys.compilation.snapshot import Counts, Snapshot
from surveys.compilation.spool import Spool
from surveys.compilation.summary import Summary
from surveys.models import Survey
from surveys.questionnaire import Questionnaire
from surveys.responses import questionnaire_of
from surveys.states import CompilationPart

ALL_PARTS: Final = frozenset(CompilationPart)
_PASSING: Final = {CompilationPart.LONG_FORM, CompilationPart.SUMMARY, CompilationPart.FREE_TEXTS}


class Content:
    """What a survey asks and who answered what, for sheets and files of any form."""

    def __init__(self, survey: Survey, snapshot: Snapshot, counts: Counts) -> None:
        published = survey.revisions.filter(published_at__isnull=False).order_by("number")
        self.survey, self.snapshot, self.counts = survey, snapshot, counts
        self.published = list(published)
        self.revisions = [questionnaire_of(revision) for revision in self.published]
        rows = snapshot.used_rows(_growing(self.revisions))
        self.columns: Sequence[AnswerColumn] = joined_columns(self.revisions, rows)
        self.file_names = snapshot.file_names()

    def responses(self) -> Iterator[Filled]:
        """Every organization asked, by code, with its cells; read from the database anew."""
        latest = self.revisions[-1]
        previous = self.survey.previous_id if latest.previous_keys else None
        rows = self.snapshot.rows(previous=previous)
        return filled(latest, self.columns, rows, self.file_names)


def steps_of(counts: Counts, parts: Collection[str] = ALL_PARTS) -> int:
    """How many steps :func:`write_pages` will take: all asked once, then who handed in per part."""
    return counts.asked + counts.submitted * len(_PASSING & set(parts))


def write_pages(
    target: BinaryIO, content: Content, progress: Progress, parts: Collection[str] = ALL_PARTS
) -> None:
    """Write the workbook; the responses are read once and kept on disk for the later sheets."""
    with Spool() as spool:
        write_workbook(target, pages_of(content, spool, progress, parts))


def pages_of(
    content: Content, spool: Spool, progress: Progress, parts: Collection[str] = ALL_PARTS
) -> Iterator[Page]:
    """The sheets; the rows of each are read before the next one is asked for."""
    columns = content.columns
    yield overview(content.survey, content.counts, content.published[-1].number)
    keep = bool(_PASSING & set(parts))
    yield answers(columns, _spooled(content.responses(), spool if keep else None, progress))
    if CompilationPart.LONG_FORM in parts:
        yield long_form(columns, progress.over(spool))
    if CompilationPart.SUMMARY in parts:
        summary = Summary(columns, progress.over(spool))
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


def _growing(revisions: Sequence[Questionnaire]) -> list[str]:
    """The tables to which rows are added."""
    tables = (q for each in revisions for q in each.questions if q.table and q.table.dynamic)
    return list(dict.fromkeys(question.id for question in tables))
