"""Parts of a whole by prefecture: the map of their shares, and what it shows in a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

from onepublic.core.charts.scale import written
from onepublic.core.charts.tiles import PREFECTURES, Tile, TileMap, tile_map

UNIT = "%"


@dataclass(frozen=True, slots=True)
class ShareMap:
    """``summary`` names the highest and the lowest."""

    map: TileMap
    summary: str


def share_map(counts: Iterable[tuple[str, int, int]]) -> ShareMap | None:
    """The shares for triples of two-digit prefecture code, part and whole, in percent to a tenth.

    A blank code (organizations that lie in no prefecture) and a whole of nothing have no tile.
    None when fewer than two prefectures are left: then there is nothing to compare.
    """
    known = {one.code for one in PREFECTURES}
    shares = {
        code: round(100 * part / whole, 1)
        for code, part, whole in counts
        if code in known and whole
    }
    if len(shares) < 2:
        return None
    tiles = tile_map(shares, unit=UNIT)
    by_share = sorted(shares.items(), key=lambda pair: pair[1])
    return ShareMap(tiles, _summary(tiles.tiles, lowest=by_share[0], highest=by_share[-1]))


def _summary(tiles: list[Tile], *, lowest: tuple[str, float], highest: tuple[str, float]) -> str:
    if lowest[1] == highest[1]:
        return f"どの都道府県も{written(highest[1], UNIT)}です。"
    names = {tile.code: f"{tile.name}（{tile.full_text}）" for tile in tiles}
    return f"最も高いのは{names[highest[0]]}、最も低いのは{names[lowest[0]]}です。"
