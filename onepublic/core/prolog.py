"""What stands before the first element of an XML document, read without trusting it."""

from typing import IO
from xml.parsers import expat

_CHUNK = 4096
_LONGEST_PROLOG = 16 * _CHUNK


class _RootReached(Exception):
    """Nothing that matters to us can follow the first element."""


class _DoctypeMet(Exception):
    """A document type declaration, in which entities are declared."""


def declares_doctype(part: IO[bytes]) -> bool:
    """Whether the XML document has a document type declaration (DTD), the root of entity bombs.

    Only what stands before the first element is parsed: a declaration can't come later. Raises
    ValueError for what isn't XML, or has no element within 64 KiB.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _on_doctype
    parser.StartElementHandler = _on_element
    try:
        for _ in range(_LONGEST_PROLOG // _CHUNK):
            chunk = part.read(_CHUNK)
            # Newer parsers put off an unfinished part until they are told that nothing follows.
            parser.Parse(chunk, len(chunk) < _CHUNK)
    except _RootReached:
        return False
    except _DoctypeMet:
        return True
    except expat.ExpatError as error:
        raise ValueError("not XML") from error
    raise ValueError("no element")


def _on_doctype(*_: object) -> None:
    raise _DoctypeMet


def _on_element(*_: object) -> None:
    raise _RootReached
