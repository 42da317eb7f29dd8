"""Local governments, by their six-digit code."""

import re
from dataclasses import dataclass
from typing import ClassVar, Final
from unicodedata import normalize

from onepublic.core.codes import check_digit
from surveys.questionnaire.attributes import KINDS
from surveys.questionnaire.kinds.kind import ValueKind
from surveys.questionnaire.values import InvalidValue

_CODE = re.compile(r"[0-9]{6}")
# 北海道札幌市（011002）: as a proposal is written into the field.
_NAMED = re.compile(r"\(([0-9]{6})\)$")
_LONGEST: Final = 100
NOT_A_CODE: Final = "団体コードを、6桁の数字で入力してください。"
WRONG_DIGIT: Final = "団体コードの検査数字（6桁目）が合いません。コードを確かめてください。"


@dataclass(frozen=True, slots=True)
class OrganizationAnswer:
    """A body of one of `kinds` (attributes.KINDS), by its 全国地方公共団体コード.

    Form and check digit are judged here; that the body exists, only the portal knows.
    """

    kinds: tuple[str, ...] = tuple(KINDS)

    kind: ClassVar[ValueKind] = ValueKind.ORGANIZATION

    def normalise(self, raw: object) -> str:
        """Return the code; a sheet may have lost the leading zero of 010006."""
        code = _code(raw)
        if not _CODE.fullmatch(code):
            raise InvalidValue(NOT_A_CODE)
        if check_digit(code[:5]) != code[5]:
            raise InvalidValue(WRONG_DIGIT)
        return code


def _code(raw: object) -> str:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if type(raw) is int and 10_000 <= raw < 1_000_000:
        return f"{raw:06}"
    if isinstance(raw, str) and len(raw) <= _LONGEST:
        text = normalize("NFKC", raw).strip()
        named = _NAMED.search(text)
        return named.group(1) if named else text
    return ""
