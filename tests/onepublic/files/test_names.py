"""Names as they are kept and sent: properties over any text that a browser may send."""

import unicodedata
from urllib.parse import unquote

import pytest
from django.core.files.base import ContentFile
from django.http import FileResponse
from hypothesis import example, given
from hypothesis import strategies as st

from onepublic.files.names import NAME_LENGTH, clean_name, shortened

NASTY = st.text(alphabet="./\\: \u3000\u202e\u200d\u0301\x00\x1fCONcon1か\u3099漢pdf<>|?*\ud800")
NAMES = st.one_of(st.text(max_size=300), NASTY, st.builds("{}.pdf".format, st.text()))


@given(NAMES)
@example("..")
@example("CON")
@example("con .txt")
@example("a" * 300 + ".pdf")
@example("か\u200d\u3099.txt")
def test_a_name_is_safe_everywhere_and_cleaned_once_for_all(name: str) -> None:
    clean = clean_name(name)

    assert 1 <= len(clean) <= NAME_LENGTH
    assert not set('<>:"/\\|?*') & set(clean)
    assert not {unicodedata.category(sign) for sign in clean} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert clean == clean.strip(" .")
    assert clean == unicodedata.normalize("NFC", clean)
    assert clean_name(clean) == clean


@given(NAMES)
def test_a_name_survives_its_way_through_the_header(name: str) -> None:
    clean = clean_name(name)

    header = FileResponse(ContentFile(b""), as_attachment=True, filename=clean).headers[
        "Content-Disposition"
    ]

    assert header.isascii()
    _, _, encoded = header.partition("filename*=utf-8''")
    _, _, quoted = header.partition('filename="')
    assert clean == (unquote(encoded, errors="strict") if encoded else quoted.removesuffix('"'))


@given(
    st.text(alphabet="別紙資料 　（案）１A", min_size=1), st.sampled_from([".pdf", ".xlsx", ".ZIP"])
)
def test_the_ending_is_kept(stem: str, ending: str) -> None:
    assert clean_name(stem + ending).endswith(ending) or not stem.strip(" ")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("COM1 .csv", "_COM1 .csv"),
        ("lpt².pdf", "_lpt².pdf"),
        ("CONTACT.pdf", "CONTACT.pdf"),
        ("COM10.pdf", "COM10.pdf"),
        ("別紙\u202efdp.exe", "別紙fdp.exe"),
        ("か\u3099き.pdf", "がき.pdf"),
        ("資料\u200b\u00ad.pdf", "資料.pdf"),
        ("", "ファイル"),
        ("…/.. /", "ファイル"),
    ],
)
def test_names_that_deceive_or_that_windows_keeps_for_devices(name: str, kept: str) -> None:
    assert clean_name(name) == kept


def test_a_long_name_is_cut_before_its_ending() -> None:
    assert shortened("実施要領について.pdf", 8) == "実施要領.pdf"
