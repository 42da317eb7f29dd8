"""The 47 prefectures as tiles of one size, each roughly where it lies: small ones count too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onepublic.core.charts.scale import Number, written

RATE_BOUNDS = (20, 40, 60, 80)
STEPS = 5
TILE = 3.0  # em
SPACE = 0.15  # em between two tiles

# Two digits of the code, the name without 都府県, column, row.
_PLACES = """
01 北海道 13 0  02 青森 12 1  03 岩手 12 2  04 宮城 12 3  05 秋田 11 2  06 山形 11 3  07 福島 11 4
08 茨城 12 5  09 栃木 11 5  10 群馬 10 5  11 埼玉 10 6  12 千葉 12 6  13 東京 11 6  14 神奈川 10 7
15 新潟 10 4  16 富山 9 4  17 石川 8 4  18 福井 8 5  19 山梨 9 6  20 長野 9 5  21 岐阜 8 6
22 静岡 9 7  23 愛知 8 7  24 三重 7 8  25 滋賀 7 6  26 京都 6 6  27 大阪 6 7  28 兵庫 5 6
29 奈良 7 7  30 和歌山 6 8  31 鳥取 4 6  32 島根 3 6  33 岡山 4 7  34 広島 3 7  35 山口 2 7
36 徳島 5 10  37 香川 5 9  38 愛媛 4 9  39 高知 4 10  40 福岡 1 8  41 佐賀 0 8  42 長崎 0 9
43 熊本 1 9  44 大分 2 8  45 宮崎 2 9  46 鹿児島 1 10  47 沖縄 0 11
"""


@dataclass(frozen=True, slots=True)
class Prefecture:
    """A prefecture's place in the map, in tiles."""

    code: str
    name: str
    column: int
    row: int


def _prefectures() -> list[Prefecture]:
    words = _PLACES.split()
    fours = zip(words[::4], words[1::4], words[2::4], words[3::4], strict=True)
    return [Prefecture(code, name, int(column), int(row)) for code, name, column, row in fours]


PREFECTURES = _prefectures()


@dataclass(frozen=True, slots=True)
class Tile:
    """One prefecture; ``step`` 1 to 5, 0 without a value; ``x`` and ``y`` in em.

    ``text`` is the value as the tile has room for it, ``full_text`` with its unit.
    """

    code: str
    name: str
    text: str
    full_text: str
    step: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the legend."""

    step: int
    text: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """Tiles in order of codes; ``width``, ``height`` and ``size`` (of a tile) in em."""

    tiles: list[Tile]
    legend: list[Step]
    width: float
    height: float
    size: float = TILE - SPACE


def tile_map(
    values: Mapping[str, Number | None],
    *,
    unit: str,
    bounds: Sequence[Number] = RATE_BOUNDS,
) -> TileMap:
    """The map of values by two-digit prefecture code; a missing code has no value.

    ``bounds`` are the four values at which the next step begins, ascending.
    Raises ValueError when they are not, and for a code that is no prefecture's.
    """
    if len(bounds) != STEPS - 1 or sorted(bounds) != list(bounds):
        raise ValueError("four ascending bounds make five steps")
    if unknown := set(values) - {one.code for one in PREFECTURES}:
        raise ValueError(f"no prefecture: {sorted(unknown)}")
    return TileMap(
        tiles=[_tile(one, values.get(one.code), unit, bounds) for one in PREFECTURES],
        legend=_legend(bounds, unit),
        width=TILE * (1 + max(one.column for one in PREFECTURES)),
        height=TILE * (1 + max(one.row for one in PREFECTURES)),
    )


def _tile(place: Prefecture, value: Number | None, unit: str, bounds: Sequence[Number]) -> Tile:
    return Tile(
        code=place.code,
        name=place.name,
        text=written(value),
        full_text=written(value, unit),
        step=0 if value is None else 1 + sum(value >= bound for bound in bounds),
        x=TILE * place.column,
        y=TILE * place.row,
    )


def _legend(bounds: Sequence[Number], unit: str) -> list[Step]:
    texts = [f"{written(bounds[0], unit)}未満"]
    pairs = pairwise(bounds)
    texts += [f"{written(low)}～{written(high, unit)}未満" for low, high in pairs]
    texts.append(f"{written(bounds[-1], unit)}以上")
    return [Step(number, text) for number, text in enumerate(texts, 1)]
