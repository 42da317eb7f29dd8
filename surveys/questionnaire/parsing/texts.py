"""What texts take."""

from collections.abc import Callable
from typing import Final

from surveys.questionnaire.kinds import TextAnswer, TextFormat
from surveys.questionnaire.parsing.patterns import parse_pattern
from surveys.questionnaire.parsing.reader import Reader

MAX_TEXT: Final = 4_000
# What a form holds where the document gives no limit: RFC 5321 for addresses of mail.
_LONGEST: Final = {TextFormat.EMAIL: 254, TextFormat.TEL: 40, TextFormat.URL: 2_000}


def parse_text(reader: Reader) -> TextAnswer:
    """Read one line."""
    longest = reader.whole("max_length", 1, MAX_TEXT)
    return TextAnswer(longest, pattern=parse_pattern(reader, longest))


def parse_longtext(reader: Reader) -> TextAnswer:
    """Read several lines."""
    return TextAnswer(reader.whole("max_length", 1, MAX_TEXT), multiline=True)


def formatted_text(wanted: TextFormat) -> Callable[[Reader], TextAnswer]:
    """Return the reader of a text of a known form."""

    def parse(reader: Reader) -> TextAnswer:
        longest = reader.whole("max_length", 1, MAX_TEXT, default=_LONGEST[wanted])
        return TextAnswer(longest, format=wanted)

    return parse
