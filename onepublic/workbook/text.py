"""Text as the XML of a cell: nothing lost unseen, nothing that Excel would interpret."""

import re
from functools import lru_cache
from xml.sax.saxutils import escape

LONGEST = 32_767  # UTF-16 code units in one cell: Excel's limit
CUT_MARK = "……（文字数の上限を超えるため、以下省略）"

_CACHED_LENGTH = 24  # options and names repeat, long text doesn't: keeps the cache small
_UNTOUCHED = re.compile(r"[^\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff<>&]*")
_LINE_ENDS = re.compile(r"\r\n?")
_ESCAPE_LOOKALIKE = re.compile(r"_(?=[xX][0-9A-Fa-f]{4}_)")

_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"}
_PICTURES[0x7F] = 0x2421
_REPLACED = dict.fromkeys([*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], 0xFFFD)
_VISIBLE = _PICTURES | _REPLACED


def visible_text(text: str) -> str:
    """The same text with what XML or a reader's eye can't take made visible.

    Control characters become their pictures (U+0007 → ␇), C1 controls, lone surrogates
    and noncharacters U+FFFD. Line ends become \\n, as in a cell typed by hand.
    """
    if _UNTOUCHED.fullmatch(text):
        return text
    return _LINE_ENDS.sub("\n", text).translate(_VISIBLE)


def fit_text(text: str, limit: int = LONGEST, mark: str = CUT_MARK) -> str:
    """The text, or as much of it as fits in `limit` UTF-16 units with `mark` at its end."""
    if len(text) <= limit // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * limit:
        return text
    # "ignore" drops half of a surrogate pair that the cut may leave
    return units[: 2 * (limit - len(mark))].decode("utf-16-le", "ignore") + mark


def is_cut(text: str) -> bool:
    """Whether a cell can't hold the whole text."""
    return len(text) > LONGEST // 2 and len(visible_text(text).encode("utf-16-le")) > 2 * LONGEST


def text_xml(text: str) -> str:
    """The content of an inline string: `<t>` or, where needed, several `<r><t>` runs."""
    return _short_text_xml(text) if len(text) <= _CACHED_LENGTH else _text_xml(text)


def _text_xml(text: str) -> str:
    if _UNTOUCHED.fullmatch(text) and "_x" not in text and "_X" not in text:
        return _run(fit_text(text))
    shown = fit_text(visible_text(text))
    # Excel decodes _x0041_ to A within one run. Cut in two runs it stays what was typed,
    # for readers that decode and for those that don't.
    runs = _ESCAPE_LOOKALIKE.sub("_\0", shown).split("\0")
    if len(runs) == 1:
        return _run(escape(shown))
    return "".join(f"<r>{_run(escape(run))}</r>" for run in runs)


_short_text_xml = lru_cache(maxsize=8192)(_text_xml)
repeated_text_xml = lru_cache(maxsize=8192)(_text_xml)
"""The same for a text that the caller knows to come again, however long it is."""


def _run(xml: str) -> str:
    space = ' xml:space="preserve"' if xml[0].isspace() or xml[-1].isspace() else ""
    return f"<t{space}>{xml}</t>"
