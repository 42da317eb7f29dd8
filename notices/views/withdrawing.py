"""Taking a notice back, and who had it by then."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from notices.actions.redelivery import MAIL_KINDS
from notices.actions.withdrawing import withdraw
from notices.forms import WithdrawalForm
from notices.models import Notice
from notices.permissions import can_see_readers, is_approver
from notices.readership import readers_of, readers_with_facts
from notices.states import NoticeState
from notices.views.loading import act, visible_notice
from onepublic.core.errors import demand
from onepublic.core.pagination import newest_first
from onepublic.core.requests import Request
from onepublic.mail.outbox import unsent
from onepublic.workbook import Cell, Column, Format, Sheet, write_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    Column(("団体",), 24),
    Column(("課室",), 24),
    Column(("氏名",), 16, Format.TEXT),
    Column(("メールアドレス",), 30, Format.TEXT),
    Column(("開いた日時",), 18),
    Column(("読んだ版",), 10),
    Column(("取得したファイル",), 60, Format.LONG_TEXT),
)


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """Say what will happen and to how many, ask for the reason, and take the notice back."""
    notice = visible_notice(request.user, pk, even_withdrawn=True)
    demand(is_approver(request.user, notice))
    if notice.state != NoticeState.PUBLISHED:
        return redirect("notices:detail", notice.pk)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "notices/withdrawal.html", _consequences(notice) | {"form": form})
    return act(
        request,
        notice,
        lambda: withdraw(notice, by=request.user, reason=form.cleaned_data["reason"]),
        done="取り下げました。内容と添付ファイルは、ほかの課室と団体には表示されません。",
    )


@require_safe
def readers(request: Request, pk: int) -> HttpResponse:
    """Who had opened a withdrawn notice or downloaded a file of it."""
    notice = _withdrawn(request, pk)
    rows = readers_with_facts(notice)
    context = {
        "notice": notice,
        "version": notice.current_version,
        "total": readers_of(notice).count(),
        "page": newest_first(rows, cursor=request.GET.get("cursor", "")),
    }
    return render(request, "notices/readers.html", context)


@require_safe
def readers_workbook(request: Request, pk: int) -> FileResponse:
    """The same as an .xlsx workbook."""
    notice = _withdrawn(request, pk)
    stream = BytesIO()
    write_workbook(stream, [Sheet("開いた人", COLUMNS, _rows(notice), key_columns=3)])
    stream.seek(0)
    name = f"通知{notice.pk}を開いた人.xlsx"
    return FileResponse(stream, as_attachment=True, filename=name, content_type=XLSX)


def _consequences(notice: Notice) -> dict[str, Any]:
    return {
        "notice": notice,
        "version": notice.current_version,
        "delivered": notice.deliveries.count(),
        "readers": readers_of(notice).count(),
        "unsent": unsent(MAIL_KINDS, subject_ids=notice.versions.values("pk")).count(),
        "correction_in_hand": notice.versions.drafts().exists(),
    }


def _withdrawn(request: Request, pk: int) -> Notice:
    notice = visible_notice(request.user, pk, even_withdrawn=True)
    if not can_see_readers(request.user, notice):
        raise Http404
    return notice


def _rows(notice: Notice) -> Iterator[list[Cell]]:
    for person in readers_with_facts(notice).iterator():
        version = f"第{person.read_sequence}版" if person.read_sequence else ""
        place = [person.place or "", person.division_name or ""]
        yield [*place, person.name, person.email, person.read_at, version, person.files or ""]
