"""Uploads keep the ideographic space in their names."""

from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict

IDEOGRAPHIC_SPACE = "\u3000"
STAND_IN = "\u2420"  # printable, and in nobody's file name


class JapaneseNamesParser(MultiPartParser):
    """Django's own drops all that Python calls unprintable, and with it U+3000, which stands in
    many an official name: 「別紙１　実施要領.pdf」.
    """

    def sanitize_file_name(self, file_name: str) -> str | None:
        """The name as Django cleans it, with its ideographic spaces."""
        marked = file_name.replace(IDEOGRAPHIC_SPACE, STAND_IN)
        clean = super().sanitize_file_name(marked)
        return clean and clean.replace(STAND_IN, IDEOGRAPHIC_SPACE)


class JapaneseFileNamesMiddleware:
    """Lets every form with files be read by JapaneseNamesParser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def parse(
            meta: Mapping[str, Any], body: BinaryIO
        ) -> tuple[QueryDict, MultiValueDict[str, UploadedFile]]:
            return JapaneseNamesParser(
                meta, body, request.upload_handlers, request.encoding
            ).parse()

        request.parse_file_upload = parse  # type: ignore[method-assign,assignment] # for this request alone
        return self.get_response(request)
