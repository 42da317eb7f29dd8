"""An analysis as a table: the same for the page and for the files."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from typing import Final

from onepublic.workbook import Format
from surveys.analysis.counting import Analysis, Counted
from surveys.analysis.numbers import percent, plain
from surveys.questionnaire.kinds import CalculatedAnswer, NumberAnswer

Figure = int | float | None


@dataclass(frozen=True, slots=True)
class Head:
    """A column; ``is_joined`` where a page shows it in brackets behind the one before."""

    label: str
    format: Format = Format.COUNT
    is_joined: bool = False
    places: int = 2

    def written(self, figure: Figure) -> str:
        """As a page has it; a dash for none, which is not zero."""
        if figure is None:
            return "－"
        return percent(figure) if self.format is Format.PERCENT else plain(figure, self.places)


@dataclass(frozen=True, slots=True)
class Line:
    """A group or an option with its figures."""

    name: str
    figures: Sequence[Figure]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """``label`` heads the names of the lines."""

    caption: str
    label: str
    heads: Sequence[Head]
    lines: Sequence[Line]


STANDING: Final = tuple(map(Head, ("提出", "回答", "空欄", "該当なし", "対象外")))
_SHARE: Final = "回答に占める割合"


def table_of(analysis: Analysis) -> Table:
    """One line a group and one for all; of a choice without groups, one line an option."""
    if analysis.split is None and analysis.options:
        return _by_option(analysis)
    heads, figures = _further(analysis)
    groups = [*analysis.groups, analysis.whole]
    lines = [
        Line(group.name, [*_standing(group), *figures(group)], is_total=group is analysis.whole)
        for group in groups
    ]
    label = analysis.split.label if analysis.split else "区分"
    return Table(_caption(analysis), label, [*STANDING, *heads], lines)


def _by_option(analysis: Analysis) -> Table:
    whole = analysis.whole
    options = [Line(option, [times, whole.share(option)]) for option, times in whole.chosen.items()]
    names = ("回答した団体", "空欄", "該当なし", "対象外", "提出した団体")
    handed_in, *rest = _standing(whole)
    totals = zip(names, [*rest, handed_in], strict=True)
    lines = [*options, *(Line(name, [count, None], is_total=True) for name, count in totals)]
    heads = [Head("選択した団体"), Head(_SHARE, Format.PERCENT)]
    return Table(_caption(analysis), "選択肢", heads, lines)


def _standing(group: Counted) -> list[Figure]:
    return [group.handed_in, group.answered, group.blank, group.none, group.not_applicable]


def _further(analysis: Analysis) -> tuple[list[Head], Callable[[Counted], list[Figure]]]:
    """The columns behind those of STANDING, and what a group has in them."""
    if analysis.options:
        return list(_option_heads(analysis.options)), _of_options
    if analysis.is_number:
        return _number_heads(analysis), _of_numbers
    return [], lambda group: []


def _option_heads(options: Sequence[str]) -> Iterator[Head]:
    for option in options:
        yield Head(option)
        yield Head(f"{option}（{_SHARE}）", Format.PERCENT, is_joined=True)


def _of_options(group: Counted) -> list[Figure]:
    return [
        figure for option, times in group.chosen.items() for figure in (times, group.share(option))
    ]


def _number_heads(analysis: Analysis) -> list[Head]:
    """What is a sum or a value that was answered has as many decimals as the answers."""
    answer = analysis.column.field.answer
    places = answer.decimals if isinstance(answer, NumberAnswer | CalculatedAnswer) else 0
    own = Format.GENERAL if places else Format.COUNT
    return [
        Head("合計", own, places=places),
        Head("平均", Format.TWO_PLACES),
        Head("最小値", own, places=places),
        Head("第1四分位数", Format.TWO_PLACES),
        Head("中央値", Format.TWO_PLACES),
        Head("第3四分位数", Format.TWO_PLACES),
        Head("最大値", own, places=places),
    ]


def _of_numbers(group: Counted) -> list[Figure]:
    return list(astuple(group.figures)) if group.figures else [None] * 7


def _caption(analysis: Analysis) -> str:
    unit = analysis.column.field.unit
    return f"{analysis.column.label}（{unit}）" if unit else analysis.column.label
