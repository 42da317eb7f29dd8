"""はい・いいえ."""

from dataclasses import dataclass
from typing import ClassVar, Final

from surveys.questionnaire.kinds.kind import ValueKind
from surveys.questionnaire.values import InvalidValue

YES: Final = "はい"
NO: Final = "いいえ"
_WORDS: Final = {
    YES: True,
    "true": True,
    "1": True,
    "○": True,
    NO: False,
    "false": False,
    "0": False,
    "×": False,
}


@dataclass(frozen=True, slots=True)
class BooleanAnswer:
    """Yes or no."""

    kind: ClassVar[ValueKind] = ValueKind.BOOLEAN

    def normalise(self, raw: object) -> bool:
        """Read a check, a radio button's "true" or a cell that says はい, TRUE, ○ or 1."""
        if isinstance(raw, bool):
            return raw
        word = str(raw).strip().lower() if isinstance(raw, str | int) else ""
        if word not in _WORDS:
            raise InvalidValue(f"「{YES}」又は「{NO}」を選んでください。")
        return _WORDS[word]
