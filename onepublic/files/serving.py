"""Handing a file out: always as attachment, never guessed at by the browser."""

from django.http import FileResponse

from onepublic.core.errors import Refused
from onepublic.files.models import StoredFile
from onepublic.files.states import ScanState

_REASONS: dict[str, str] = {
    ScanState.WAITING: "ウイルス検査が終わっていないため、まだダウンロードできません。"
    "数分後に、もう一度お試しください。",
    ScanState.INFECTED: "ウイルスが検出されたため、ダウンロードできません。"
    "安全なファイルへの差替えを、登録した機関に依頼してください。",
    ScanState.FAILED: "ウイルス検査ができないため、ダウンロードできません。"
    "別の形式のファイルへの差替えを、登録した機関に依頼してください。",
}


class Held(Refused):
    """The file is in quarantine; the page that is shown says why."""

    template = "files/held.html"

    def __init__(self, stored: StoredFile) -> None:
        super().__init__(f"「{stored.name}」は、{why_held(stored)}")


def why_held(stored: StoredFile) -> str:
    """A sentence on a file in quarantine, and what to do."""
    return _REASONS[stored.scan_state]


def file_response(stored: StoredFile) -> FileResponse:
    """The bytes as a download under the file's Japanese name (RFC 6266, RFC 8187).

    The caller has checked that the person may see the file's owner. Raises Held for a file in
    quarantine, which RefusalMiddleware shows as a page.
    """
    if stored.is_held:
        raise Held(stored)
    response = FileResponse(
        stored.open(), as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Length"] = str(stored.size)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
