"""What is asked of a compilation: its form, its sheets, which organizations and which questions."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from accounts.querysets import OUTSIDE_PREFECTURES
from surveys.states import CompilationFormat, CompilationPart


@dataclass(frozen=True, slots=True)
class Order:
    """An empty list of prefectures (two-digit codes), kinds, states or questions means all.

    ``parts`` are the sheets beside those that are always there.
    """

    format: str = CompilationFormat.XLSX
    parts: tuple[str, ...] = tuple(CompilationPart)
    prefectures: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            key: str(value) if isinstance(value, str) else [str(each) for each in value]
            for key, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Order":
        """From what was stored; what is missing is as in an order that chooses nothing."""
        known = {each.name for each in fields(cls)} & set(stored)
        values: dict[str, Any] = {
            key: stored[key] if key == "format" else tuple(stored[key]) for key in known
        }
        return cls(**values)

    @property
    def prefecture_codes(self) -> list[str]:
        """As organizations bear them: blank for those that lie in none."""
        return ["" if code == OUTSIDE_PREFECTURES else code for code in self.prefectures]
