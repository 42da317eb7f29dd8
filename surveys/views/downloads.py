"""The tables of a survey's pages as files, in Excel and as CSV."""

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import BinaryIO, Final

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from onepublic.core.requests import Request
from onepublic.files.names import clean_name
from onepublic.workbook import Sheet, write_csv, write_workbook
from surveys.dashboard.choosing import chosen
from surveys.dashboard.tables import TABLES
from surveys.views.asked import opened_survey
from surveys.views.days import DEADLINE, aligned


def _as_workbook(target: BinaryIO, sheet: Sheet) -> None:
    write_workbook(target, [sheet])


ENDINGS: Final[dict[str, tuple[Callable[[BinaryIO, Sheet], None], str]]] = {
    "xlsx": (
        _as_workbook,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "csv": (write_csv, "text/csv; charset=utf-8"),
}
"""What writes the file, and its media type."""


@require_safe
def survey_table(request: Request, survey_id: int, table: str, ending: str) -> FileResponse:
    """One table, for the person's own area, as the page of the same address shows it: the list of
    organizations by its filters, the days laid beside earlier surveys as chosen.
    """
    followed = opened_survey(request, survey_id)
    if table not in TABLES or ending not in ENDINGS:
        raise Http404
    by_deadline = aligned(request) == DEADLINE
    sheet = TABLES[table](request.user, followed, chosen(request.GET), by_deadline=by_deadline)
    write, media_type = ENDINGS[ending]
    target = TemporaryFile()  # noqa: SIM115 - closed with the response
    write(target, sheet)
    target.seek(0)
    name = clean_name(f"{followed.title}_{sheet.title}.{ending}")
    return FileResponse(target, as_attachment=True, filename=name, content_type=media_type)
