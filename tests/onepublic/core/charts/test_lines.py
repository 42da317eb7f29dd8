import pytest

from onepublic.core.charts import Series, line_chart


def test_largest_value_lies_below_the_top_and_zero_on_the_ground() -> None:
    chart = line_chart(["月", "火", "水"], [Series("提出", [0, 50, 100])], unit="件")

    assert [(point.x, point.y) for point in chart.lines[0].points] == [
        (18.0, 88.0),
        (56.0, 48.0),
        (94.0, 8.0),
    ]
    assert chart.lines[0].paths == ["18.0,88.0 56.0,48.0 94.0,8.0"]
    assert [(label.text, label.place) for label in chart.up] == [
        ("0", 88.0),
        ("50", 48.0),
        ("100", 8.0),
    ]


def test_unknown_value_leaves_a_gap() -> None:
    chart = line_chart(list("abcd"), [Series("提出", [1, 1, None, 1])], unit="件")

    assert len(chart.lines[0].points) == 3
    assert len(chart.lines[0].paths) == 1
    assert chart.table[2] == ["c", "－"]


def test_every_series_has_dashes_of_its_own() -> None:
    chart = line_chart(["a"], [Series(name, [1]) for name in "甲乙丙丁"], unit="件")

    assert [(line.number, line.name) for line in chart.lines] == [
        (1, "甲"),
        (2, "乙"),
        (3, "丙"),
        (4, "丁"),
    ]


def test_only_a_few_times_are_written_the_last_one_always() -> None:
    times = [str(day) for day in range(1, 31)]
    chart = line_chart(times, [Series("提出", range(30))], unit="件")

    assert [label.text for label in chart.across] == ["5", "10", "15", "20", "25", "30"]


@pytest.mark.parametrize(
    ("times", "series"),
    [
        ([], []),
        (["a"], [Series("甲", [1, 2])]),
        (["a"], [Series(name, [1]) for name in "甲乙丙丁戊"]),
    ],
)
def test_what_cannot_be_drawn_is_refused(times: list[str], series: list[Series]) -> None:
    with pytest.raises(ValueError, match="series"):
        line_chart(times, series, unit="件")
