"""What an analysis shows, in a sentence or two: for those who do not see the chart."""

from collections.abc import Callable, Sequence
from typing import Final

from surveys.analysis.asked import MIDDLES, Middle
from surveys.analysis.counting import Analysis, Counted
from surveys.analysis.numbers import percent, plain

NOBODY: Final = "この設問に回答した団体はありません。"
_Place = tuple[Counted, float]
_Write = Callable[[float], str]


def told(found: Analysis) -> str:
    """Of a choice: which option was chosen most, and where most often and least often."""
    whole = found.whole
    if not whole.answered:
        return NOBODY
    option = max(found.options, key=lambda each: whole.chosen[each])
    share = percent(whole.share(option) or 0)
    first = (
        f"回答した{whole.answered:,}団体のうち、最も多く選択されたのは「{option}」で、"
        f"{whole.chosen[option]:,}団体（{share}）です。"
    )
    return first + _of_ends(found, option)


def told_of_option(found: Analysis, option: str) -> str:
    """Of one option: how many chose it, and where most often and least often."""
    whole = found.whole
    if not whole.answered:
        return NOBODY
    first = (
        f"回答した{whole.answered:,}団体のうち、「{option}」を選択したのは"
        f"{whole.chosen[option]:,}団体（{percent(whole.share(option) or 0)}）です。"
    )
    return first + _of_ends(found, option)


def told_of_numbers(found: Analysis, middle: Middle = Middle.MEDIAN) -> str:
    """Of numbers: the middle of all, and the groups in which it is largest and smallest."""
    figures, unit = found.whole.figures, found.column.field.unit
    if figures is None:
        return NOBODY
    first = (
        f"回答した{found.whole.answered:,}団体の中央値は{plain(figures.median)}{unit}、"
        f"平均は{plain(figures.mean)}{unit}で、値は{plain(figures.least)}{unit}から"
        f"{plain(figures.most)}{unit}までにわたります。"
    )
    places = [
        (group, group.figures.mean if middle is Middle.MEAN else group.figures.median)
        for group in found.groups
        if group.figures
    ]
    return first + _ends(
        MIDDLES[middle], "大きい", "小さい", places, lambda value: f"{plain(value)}{unit}"
    )


def told_of_answers(found: Analysis) -> str:
    """Of what is not counted further: how many answered, and where most and least did."""
    whole = found.whole
    if not whole.handed_in:
        return NOBODY
    share = percent(whole.answered / whole.handed_in)
    first = (
        f"提出した{whole.handed_in:,}団体のうち、"
        f"回答があるのは{whole.answered:,}団体（{share}）です。"
    )
    places = [(group, group.answered / group.handed_in) for group in found.groups]
    return first + _ends("回答がある割合", "高い", "低い", places, percent)


def _of_ends(found: Analysis, option: str) -> str:
    places = [
        (group, share) for group in found.groups if (share := group.share(option)) is not None
    ]
    return _ends(f"「{option}」の割合", "高い", "低い", places, percent)


def _ends(what: str, most: str, least: str, places: Sequence[_Place], write: _Write) -> str:
    """Nothing of a single group; of equal ones that they are equal."""
    if len(places) < 2:
        return ""
    values = [value for _, value in places]
    low, high = write(min(values)), write(max(values))
    if low == high:
        return f"どの区分でも、{what}は{high}です。"
    return (
        f"{what}が最も{most}のは{_named(places, high, write)}、"
        f"最も{least}のは{_named(places, low, write)}です。"
    )


def _named(places: Sequence[_Place], written: str, write: _Write) -> str:
    """The first of those with the value, and how many there are besides."""
    first, *others = [group.name for group, value in places if write(value) == written]
    more = f"など{1 + len(others)}区分" if others else ""
    return f"{first}{more}（{written}）"
