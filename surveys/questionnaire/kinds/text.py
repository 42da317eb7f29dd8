"""Text of one line or of several."""

import re
from dataclasses import dataclass
from typing import ClassVar

from onepublic.core.text import forbidden_character, unify_newlines
from surveys.questionnaire.kinds.formats import TextFormat, formatted
from surveys.questionnaire.kinds.kind import ValueKind
from surveys.questionnaire.values import InvalidValue


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """At most `max_length` characters, in `format` where there is one.

    The whole text must match `pattern` where there is one.
    """

    max_length: int
    multiline: bool = False
    pattern: re.Pattern[str] | None = None
    format: TextFormat | None = None

    kind: ClassVar[ValueKind] = ValueKind.TEXT

    def normalise(self, raw: object) -> str:
        """Return the text without outer spaces, line ends as "\\n".

        Characters are kept as typed: width and variants matter in names (髙, 﨑).
        """
        text = unify_newlines(_as_text(raw))
        if character := forbidden_character(text):
            raise InvalidValue(f"使用できない制御文字（{character}）が含まれています。")
        text = text.strip()
        if not self.multiline and ("\n" in text or "\t" in text):
            raise InvalidValue("改行やタブは入力できません。1行で入力してください。")
        self._check_length(text)
        if self.format is not None:
            text = formatted(text, self.format)
            self._check_length(text)
        if self.pattern is not None and not self.pattern.fullmatch(text):
            raise InvalidValue("決められた書き方で入力してください。")
        return text

    def _check_length(self, text: str) -> None:
        if len(text) > self.max_length:
            raise InvalidValue(
                f"{self.max_length:,}文字以内で入力してください（現在{len(text):,}文字）。"
            )


def _as_text(raw: object) -> str:
    """Read a cell: a sheet hands over a code such as 12 as a number."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 10**15:
        return str(int(raw))
    if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) < 10**15:
        return str(raw)
    raise InvalidValue("文字で入力してください。")
