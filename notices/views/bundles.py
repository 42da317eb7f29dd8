"""All attachments of a notice in one download."""

from collections import Counter
from collections.abc import Iterable

from django.http import Http404, StreamingHttpResponse
from django.views.decorators.http import require_safe

from notices.actions.reading import record_download
from notices.models import Attachment
from notices.states import AttachmentKind
from notices.views.loading import shown_version, visible_notice
from onepublic.core.requests import Request
from onepublic.core.text import fold
from onepublic.files.bundles import bundle_response
from onepublic.files.models import StoredFile


@require_safe
def attachments_zip(request: Request, pk: int) -> StreamingHttpResponse:
    """A ZIP of the files of the version that the notice's page shows; 404 where it has none."""
    version = shown_version(visible_notice(request.user, pk))
    attachments = list(version.attachments.select_related("file"))
    files = named(attachments)
    if not files:
        raise Http404
    if request.method == "GET":
        record_download(attachments, by=request.user)
    return bundle_response(files, name=f"{version.number or version.title}_添付ファイル.zip")


def named(attachments: Iterable[Attachment]) -> list[tuple[str, StoredFile]]:
    """Files by names that sort in printed order: 「01_別紙1_実施要領.pdf」.

    A name that says itself which 別紙 it is keeps what it says: 「02_別紙２　様式集.pdf」.
    """
    counts: Counter[str] = Counter()
    files = []
    for order, attachment in enumerate(attachments, 1):
        counts[attachment.kind] += 1
        label = f"{attachment.get_kind_display()}{counts[attachment.kind]}_"
        name = attachment.file.name
        files.append((f"{order:02}_{'' if _says_its_kind(name) else label}{name}", attachment.file))
    return files


def _says_its_kind(name: str) -> bool:
    return fold(name).startswith(tuple(AttachmentKind.labels))
