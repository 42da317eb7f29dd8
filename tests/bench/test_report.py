import json

from bench.measurement import Measurement, within
from bench.report import as_json, table

FAST = Measurement("compile", "書き込み", 0.3, "CPU s", "openpyxl", 2.0, 0.15, goal=0.35)
SLOW = within("publish", "peak memory", 180.0, "MB", allowed=150.0)
PLAIN = Measurement("publish", "rows", 1788.0, "rows", "–", 1788.0, 1.0)


def test_the_table_aligns_japanese_and_numbers() -> None:
    assert table([FAST, SLOW, PLAIN]).splitlines() == [
        "bench    metric           value  unit   limit     limit value  ratio  goal  met",
        "compile  書き込み         0.300  CPU s  openpyxl        2.000  0.150  0.35  yes",
        "publish  peak memory    180.000  MB     allowed       150.000  1.200  1.00  NO",
        "publish  rows         1,788.000  rows   –           1,788.000  1.000     –  –",
    ]


def test_json_names_every_field_and_whether_the_goal_is_met() -> None:
    assert json.loads(as_json([FAST, PLAIN])) == [
        {
            "bench": "compile",
            "metric": "書き込み",
            "value": 0.3,
            "unit": "CPU s",
            "limit": "openpyxl",
            "limit_value": 2.0,
            "ratio": 0.15,
            "goal": 0.35,
            "met": True,
        },
        {
            "bench": "publish",
            "metric": "rows",
            "value": 1788.0,
            "unit": "rows",
            "limit": "–",
            "limit_value": 1788.0,
            "ratio": 1.0,
            "goal": None,
            "met": True,
        },
    ]


def test_a_goal_is_met_up_to_the_goal_itself() -> None:
    assert [each.met for each in (FAST, SLOW, PLAIN)] == [True, False, True]
    assert within("publish", "peak memory", 150.0, "MB", allowed=150.0).met is True
