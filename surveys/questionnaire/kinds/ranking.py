"""Options put in order of rank."""

from dataclasses import dataclass, field
from typing import ClassVar

from surveys.questionnaire.kinds.choice import (
    Option,
    option_value,
    parts_of_cell,
    values_by_name,
)
from surveys.questionnaire.kinds.kind import ValueKind
from surveys.questionnaire.values import InvalidValue, is_blank


@dataclass(frozen=True, slots=True)
class RankingAnswer:
    """The options of ranks 1 to `max_rank`; lower ranks may be left blank."""

    options: tuple[Option, ...]
    max_rank: int
    _names: dict[str, str] = field(init=False, repr=False, compare=False)

    kind: ClassVar[ValueKind] = ValueKind.RANKING

    def __post_init__(self) -> None:
        object.__setattr__(self, "_names", values_by_name(self.options))

    def normalise(self, raw: object) -> list[str]:
        """Return the options' values, the first rank first.

        Reads a list with a blank for every blank rank, or a cell that joins labels.
        """
        ranks = list(raw) if isinstance(raw, list | tuple) else parts_of_cell(raw, self._names)
        while ranks and is_blank(ranks[-1]):
            ranks.pop()
        if len(ranks) > self.max_rank:
            raise InvalidValue(f"順位は{self.max_rank}位までで回答してください。")
        for place, part in enumerate(ranks, 1):
            if is_blank(part):
                raise InvalidValue(f"{place}位が空欄です。上の順位から順に選んでください。")
        values = [option_value(part, self._names) for part in ranks]
        self._check_once(values)
        return values

    def _check_once(self, values: list[str]) -> None:
        for option in self.options:
            if values.count(option.value) > 1:
                raise InvalidValue(f"「{option.label}」が二つ以上の順位に選ばれています。")
