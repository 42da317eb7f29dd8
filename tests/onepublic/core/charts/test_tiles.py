import csv
from pathlib import Path

import pytest

from onepublic.core.charts import PREFECTURES, tile_map

MASTER = Path(__file__).parents[4] / "accounts" / "data" / "local_governments.csv"


def test_prefectures_are_those_of_the_master() -> None:
    with MASTER.open(encoding="utf-8") as file:
        master = {row["prefecture_code"]: row["prefecture_name"] for row in csv.DictReader(file)}

    names = {one.code: master[one.code] for one in PREFECTURES}
    assert names == master
    assert [one.code for one in PREFECTURES if not names[one.code].startswith(one.name)] == []


def test_no_two_prefectures_lie_on_one_place() -> None:
    assert len({(one.column, one.row) for one in PREFECTURES}) == 47


def test_step_begins_at_its_bound() -> None:
    values = {"01": 0, "02": 19.9, "03": 20, "04": 79, "05": 80, "06": 100, "07": None}

    steps = {tile.code: tile.step for tile in tile_map(values, unit="％").tiles}

    assert [steps[f"{code:02}"] for code in range(1, 9)] == [1, 1, 2, 4, 5, 5, 0, 0]


def test_tile_has_the_number_and_the_table_its_unit() -> None:
    tile = tile_map({"13": 62.5}, unit="％").tiles[12]

    assert (tile.name, tile.text, tile.full_text) == ("東京", "62.5", "62.5％")


def test_legend_says_where_steps_begin() -> None:
    legend = tile_map({}, unit="件", bounds=[1, 10, 100, 1000]).legend

    assert [step.text for step in legend] == [
        "1件未満",
        "1～10件未満",
        "10～100件未満",
        "100～1,000件未満",
        "1,000件以上",
    ]


@pytest.mark.parametrize("bounds", [[1, 2, 3], [4, 3, 2, 1]])
def test_other_than_four_ascending_bounds_are_refused(bounds: list[int]) -> None:
    with pytest.raises(ValueError, match="bounds"):
        tile_map({}, unit="件", bounds=bounds)


def test_code_of_no_prefecture_is_refused() -> None:
    with pytest.raises(ValueError, match="48"):
        tile_map({"48": 1}, unit="件")
