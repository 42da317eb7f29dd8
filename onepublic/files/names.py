"""Names of files: without what deceives the eye, and such that every system can keep them."""

import re
import unicodedata
from pathlib import PurePosixPath

NAME_LENGTH = 200
NAMELESS = "ファイル"
_LONGEST_ENDING = 20
# Controls, bidirectional and other invisible signs, lone surrogates, line and paragraph separators.
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_NOT_IN_WINDOWS = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
# Devices, also with an ending (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
_DEVICE = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³]) *(\.|$)", re.IGNORECASE)


def clean_name(name: str) -> str:
    """The last part of ``name`` without paths, control, invisible or bidirectional characters.

    Normalised to NFC, as Windows expects (macOS sends NFD); at most 200 characters, and the
    ending is kept. 「ファイル」 when nothing is left; a name that Windows keeps for a device gets
    an underscore before it.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign) not in _UNSEEN)
    plain = unicodedata.normalize("NFC", seen).translate(_NOT_IN_WINDOWS).strip(" .")
    return shortened(f"_{plain}" if _DEVICE.match(plain) else plain, NAME_LENGTH)


def shortened(name: str, length: int) -> str:
    """At most ``length`` characters of ``name``, cut before its ending."""
    ending = PurePosixPath(name).suffix[:_LONGEST_ENDING].rstrip(" ")
    stem = name[: len(name) - len(PurePosixPath(name).suffix)]
    return f"{stem[: length - len(ending)] or NAMELESS}{ending}".rstrip(" .")
