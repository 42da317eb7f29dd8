"""Text of one line or of several."""

import re
from dataclasses import dataclass
from typing import ClassVar

from surveys.questionnaire.kinds.kind import ValueKind
from surveys.questionnaire.values import InvalidValue

# Control characters, line and paragraph separators, overrides of the writing direction,
# halves of surrogate pairs and non-characters: no sheet, mail or page can carry them safely.
_FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """At most `max_length` characters; the whole text must match `pattern` where there is one."""

    max_length: int
    multiline: bool = False
    pattern: re.Pattern[str] | None = None

    kind: ClassVar[ValueKind] = ValueKind.TEXT

    def normalise(self, raw: object) -> str:
        """Return the text without outer spaces, line ends as "\\n".

        Characters are kept as typed: width and variants matter in names (髙, 﨑).
        """
        text = _as_text(raw).replace("\r\n", "\n").replace("\r", "\n")
        if _FORBIDDEN.search(text):
            raise InvalidValue("タブなどの制御文字は入力できません。取り除いてください。")
        text = text.strip()
        if not self.multiline and "\n" in text:
            raise InvalidValue("改行は入力できません。1行で入力してください。")
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
