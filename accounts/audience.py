"""Who is addressed: a rule over kinds, flags, areas and names, kept as JSON.

The rule is evaluated once more at publication and its result frozen as rows; a later merger
changes nothing that was sent.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from accounts.states import Kind

HEALTH_CENTER_CITY = "health_center_city"
"""保健所設置市・特別区: municipalities that run a health centre, whatever their kind."""

SELECTABLE_KINDS: dict[str, str] = {
    **{kind.value: str(kind.label) for kind in Kind if kind != Kind.MINISTRY},
    HEALTH_CENTER_CITY: "保健所設置市・特別区",
}


@dataclass(frozen=True, slots=True)
class AudienceRule:
    """``kinds`` within ``prefectures`` and ``bureaus`` (all when both are empty), plus ``codes``,
    minus ``excluded_codes``; with ``health_center_only`` the kinds are narrowed by that flag.

    ``prefectures`` are two-digit codes, ``bureaus`` keys of regional bureaus, ``codes`` codes of
    organizations.
    """

    kinds: list[str] = field(default_factory=list)
    prefectures: list[str] = field(default_factory=list)
    bureaus: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    excluded_codes: list[str] = field(default_factory=list)
    health_center_only: bool = False

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "AudienceRule":
        """The rule that :meth:`to_json` wrote; ``{}`` selects nobody."""
        return cls(**stored)

    def to_json(self) -> dict[str, Any]:
        """A JSON object with all six keys."""
        return asdict(self)
