import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from notices.forms import AttachmentsForm


def form(*files: SimpleUploadedFile, kind: str = "annex") -> AttachmentsForm:
    return AttachmentsForm({"kind": kind}, MultiValueDict({"uploads": list(files)}))


def test_several_files_are_taken_in_order() -> None:
    files = [SimpleUploadedFile("一.txt", b"1"), SimpleUploadedFile("二.txt", b"2")]
    filled = form(*files)

    assert filled.is_valid()
    assert filled.cleaned_data["uploads"] == files


def test_no_file_is_said_at_the_field() -> None:
    assert form().errors == {"uploads": ["ファイルを選んでください。"]}


def test_every_refused_file_is_named_and_none_is_taken() -> None:
    filled = form(
        SimpleUploadedFile("正しい.txt", b"1"),
        SimpleUploadedFile("実行.exe", b"MZ"),
        SimpleUploadedFile("偽物.pdf", b"not a pdf"),
    )

    messages = [str(message) for message in filled.errors["uploads"]]
    assert [message[: message.index("」") + 1] for message in messages[:2]] == [
        "「実行.exe」",
        "「偽物.pdf」",
    ]
    assert messages[2:] == ["ファイルは１件も添付されていません。"]


@pytest.mark.parametrize("kind", ["", "x"])
def test_the_kind_is_one_of_the_offered(kind: str) -> None:
    assert list(form(SimpleUploadedFile("一.txt", b"1"), kind=kind).errors) == ["kind"]
