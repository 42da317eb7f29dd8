"""The groups by which answers are counted: the nation, kinds, regional bureaus, prefectures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from accounts.states import Kind
from surveys.compilation.rows import ResponseRow

NATION, KIND, BUREAU, PREFECTURE = "全国", "団体の種別", "地方厚生（支）局", "都道府県"
_OUTSIDE = "（なし）"


@dataclass(slots=True)
class Group:
    """Responses by their numbers in order of appearance."""

    name: str
    members: list[int] = field(default_factory=list)


class Grouping:
    """Sorts responses into the groups of each division, as they come."""

    def __init__(self) -> None:
        self.count = 0
        self._groups: dict[str, dict[str, Group]] = {
            NATION: {},
            KIND: {},
            BUREAU: {},
            PREFECTURE: {},
        }

    def add(self, rows: Iterable[ResponseRow]) -> None:
        """Take in some more responses."""
        for row in rows:
            for division, code, name in _places(row):
                group = self._groups[division].setdefault(code, Group(name))
                group.members.append(self.count)
            self.count += 1

    def divisions(self) -> Iterator[tuple[str, list[Group]]]:
        """Each division with its groups, by code; kinds in their official order."""
        for division, groups in self._groups.items():
            order = [str(kind) for kind in Kind] if division == KIND else sorted(groups)
            yield division, [groups[code] for code in order if code in groups]


def _places(row: ResponseRow) -> Iterator[tuple[str, str, str]]:
    yield NATION, "", NATION
    yield KIND, row.kind, str(Kind(row.kind).label)
    yield BUREAU, row.regional_bureau, row.bureau_name or _OUTSIDE
    yield PREFECTURE, row.prefecture_code, row.prefecture_name or _OUTSIDE
