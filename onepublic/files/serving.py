"""Handing a file out: always as attachment, never guessed at by the browser."""

from django.http import FileResponse

from onepublic.files.models import StoredFile


def file_response(stored: StoredFile) -> FileResponse:
    """The bytes as a download under the file's Japanese name (RFC 6266, RFC 8187).

    The caller has checked that the person may see the file's owner.
    """
    response = FileResponse(
        stored.open(), as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Length"] = str(stored.size)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
