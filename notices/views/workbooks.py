"""What was sent to an area and how far it has come, as workbooks to keep or to pass on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from tempfile import TemporaryFile

from django.http import FileResponse, Http404
from django.utils import timezone
from django.views.decorators.http import require_safe

from notices.models import Delivery, Notice
from notices.permissions import can_follow
from notices.views.following import chosen_organizations
from notices.views.lists import chosen_notices
from notices.views.loading import shown_version, visible_notice
from onepublic.core.requests import Request
from onepublic.files.names import clean_name
from onepublic.workbook import Cell, Column, Format, Sheet, write_workbook

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YEAR = timedelta(days=365)
AT_ONCE = 500
ORGANIZATIONS = (
    Column(("団体コード",), 12, Format.TEXT),
    Column(("都道府県",), 12),
    Column(("団体",), 24),
    Column(("配信",), 18),
    Column(("開封",), 18),
    Column(("開封した人",), 16),
    Column(("確認",), 18),
    Column(("確認した人",), 16),
    Column(("所管外とした課室",), 20),
)
NOTICES = (
    Column(("文書番号",), 24, Format.TEXT),
    Column(("件名",), 60, Format.LONG_TEXT),
    Column(("発出元",), 30),
    Column(("発出日",), 14),
    Column(("対応の期限",), 14),
    Column(("配信",), 10, Format.COUNT),
    Column(("開封",), 10, Format.COUNT),
    Column(("確認",), 10, Format.COUNT),
)


@require_safe
def deliveries_workbook(request: Request, pk: int) -> FileResponse:
    """The organizations that the page of the same filter lists, all of them."""
    notice = visible_notice(request.user, pk)
    if not can_follow(request.user, notice):
        raise Http404
    seen = Delivery.objects.visible_to(request.user).filter(notice=notice)
    rows = chosen_organizations(request, seen).order_by("organization__code")
    sheet = Sheet("開封と確認の状況", ORGANIZATIONS, map(_organization, rows), key_columns=3)
    return _download(sheet, name=f"{shown_version(notice).title}_開封と確認の状況.xlsx")


@require_safe
def published_workbook(request: Request) -> FileResponse:
    """The notices that the list of the same filter shows, of the last 365 days."""
    rows = chosen_notices(request).filter(published_at__gte=timezone.now() - YEAR)
    found = rows.select_related("current_version", "division__parent")
    sheet = Sheet(
        "通知の一覧", NOTICES, _notices(request, found.order_by("-published_at")), key_columns=2
    )
    return _download(sheet, name="通知の一覧.xlsx")


def _organization(delivery: Delivery) -> list[Cell]:
    place = delivery.organization
    return [
        place.code,
        place.prefecture_name,
        place.name,
        delivery.delivered_at,
        delivery.opened_at,
        str(delivery.opened_by or ""),
        delivery.acknowledged_at,
        str(delivery.acknowledged_by or ""),
        delivery.declined_to,
    ]


def _notices(request: Request, found: Iterable[Notice]) -> Iterator[list[Cell]]:
    """Counted for some hundreds at a time."""
    counted = Delivery.objects.visible_to(request.user)
    for notices in _batches(list(found)):
        progress = counted.progress_of(notices)
        for notice in notices:
            yield _notice(notice, progress.get(notice.pk, {}))


def _batches(notices: Sequence[Notice]) -> Iterator[Sequence[Notice]]:
    return (notices[start : start + AT_ONCE] for start in range(0, len(notices), AT_ONCE))


def _notice(notice: Notice, progress: dict[str, int]) -> list[Cell]:
    version = shown_version(notice)
    return [
        version.number,
        version.title,
        notice.division.full_name,
        version.issued_on,
        version.due_on,
        *(progress.get(name, 0) for name in ("delivered", "opened", "acknowledged")),
    ]


def _download(sheet: Sheet, *, name: str) -> FileResponse:
    """Written to a file of its own, which the response closes."""
    target = TemporaryFile()  # noqa: SIM115 - closed with the response
    write_workbook(target, [sheet])
    target.seek(0)
    return FileResponse(
        target, as_attachment=True, filename=clean_name(name), content_type=MEDIA_TYPE
    )
