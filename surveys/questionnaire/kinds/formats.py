"""Texts of which the form is known: mail addresses, telephone numbers, addresses of pages."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final
from unicodedata import normalize
from urllib.parse import urlsplit

from surveys.questionnaire.values import InvalidValue


class TextFormat(StrEnum):
    """What a text must be."""

    EMAIL = "email"
    TEL = "tel"
    URL = "url"


NOT_AN_EMAIL: Final = "メールアドレスを、「tantou@example.jp」の形で入力してください。"
NOT_A_TEL: Final = "電話番号を、「03-5253-1111」の形で入力してください。"
NOT_A_URL: Final = "URLを、「https://www.example.jp/」の形で入力してください。"

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_TEL = re.compile(r"(\+?[0-9()-]{9,20}?)(?:\(?内線([0-9]{1,6})\)?)?")
_DASHES = str.maketrans("‐‑–—―ー−", "-" * 7)
_UNSAFE = re.compile(r"[\s\\<>\"`{}|^]")


def formatted(text: str, wanted: TextFormat) -> str:
    """Return `text` as it is kept: full-width letters of an address or number become half-width.

    Raises InvalidValue when it is not what is wanted.
    """
    return _READERS[wanted](text)


def _email(text: str) -> str:
    address = normalize("NFKC", text)
    local, _, domain = address.rpartition("@")
    labels = domain.split(".")
    if not _LOCAL.fullmatch(local) or len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)):
        raise InvalidValue(NOT_AN_EMAIL)
    return address


def _tel(text: str) -> str:
    """Read 03-5253-1111, (03)5253-1111, +81-3-5253-1111, each with 内線 or without."""
    written = _TEL.fullmatch("".join(normalize("NFKC", text).translate(_DASHES).split()))
    if written is None:
        raise InvalidValue(NOT_A_TEL)
    number, extension = written.groups()
    digits = re.sub(r"[^0-9]", "", number)
    if not 9 <= len(digits) <= 15 or not (digits[0] == "0" or number[0] == "+"):
        raise InvalidValue(NOT_A_TEL)
    return f"{number}（内線{extension}）" if extension else number


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise InvalidValue(NOT_A_URL) from None
    if parts.scheme not in ("http", "https") or "." not in host or "@" in parts.netloc:
        raise InvalidValue(NOT_A_URL)
    if _UNSAFE.search(text):
        raise InvalidValue(NOT_A_URL)
    return text


_READERS: Final[Mapping[TextFormat, Callable[[str], str]]] = {
    TextFormat.EMAIL: _email,
    TextFormat.TEL: _tel,
    TextFormat.URL: _url,
}
