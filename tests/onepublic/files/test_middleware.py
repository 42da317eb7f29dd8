import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from onepublic.files.middleware import JapaneseFileNamesMiddleware


def name_after(name: str) -> list[str | None]:
    """The names under which a form with one file of that name arrives."""
    arrived: list[str | None] = []

    def view(request: HttpRequest) -> HttpResponse:
        uploaded = request.FILES["file"]
        assert isinstance(uploaded, UploadedFile)
        arrived.append(uploaded.name)
        return HttpResponse()

    file = SimpleUploadedFile("x", b"1")
    file._name = name  # type: ignore[attr-defined] # as a browser sends it, unchecked
    JapaneseFileNamesMiddleware(view)(RequestFactory().post("/", {"file": file}))
    return arrived


@pytest.mark.parametrize(
    "name", ["別紙１　実施要領.pdf", "　　.pdf", "調査票 (1).xlsx", "髙﨑.txt"]
)
def test_japanese_names_arrive_as_they_were(name: str) -> None:
    assert name_after(name) == [name]


@pytest.mark.parametrize(
    ("name", "kept"),
    [("..\\..\\秘密　資料.txt", "秘密　資料.txt"), ("別紙\u202efdp.exe", "別紙fdp.exe")],
)
def test_paths_and_hidden_signs_are_still_dropped(name: str, kept: str) -> None:
    assert name_after(name) == [kept]


def test_the_other_fields_arrive_too() -> None:
    arrived: dict[str, object] = {}

    def view(request: HttpRequest) -> HttpResponse:
        arrived.update(request.POST.dict())
        return HttpResponse()

    JapaneseFileNamesMiddleware(view)(RequestFactory().post("/", {"kind": "別紙"}))

    assert arrived == {"kind": "別紙"}
