from onepublic.core.charts import bar_chart


def test_bars_share_the_round_number_above_the_largest() -> None:
    chart = bar_chart([("指定都市", 20), ("中核市", 62)], unit="団体")

    assert [(bar.label, bar.text, bar.width) for bar in chart.bars] == [
        ("指定都市", "20団体", 25.0),
        ("中核市", "62団体", 77.5),
    ]
    assert [bar.y for bar in chart.bars] == [1.6, 5.1]
    assert chart.height == 7.0


def test_rate_is_drawn_of_the_whole() -> None:
    chart = bar_chart([("北海道", 40.0)], unit="％", whole=100)

    assert (chart.bars[0].width, chart.bars[0].text) == (40.0, "40.0％")


def test_no_value_has_a_dash_and_no_bar() -> None:
    chart = bar_chart([("町村", None)], unit="団体")

    assert (chart.bars[0].width, chart.bars[0].text) == (0.0, "－")


def test_no_bars_need_no_room() -> None:
    assert bar_chart([], unit="件").height == 0


def test_names_stand_on_lines_of_their_own() -> None:
    chart = bar_chart([("20団体", 1), ("3団体", 2)], unit="件", names=["指定都市", "村"])

    assert [(bar.name, bar.name_baseline, bar.baseline, bar.y) for bar in chart.bars] == [
        ("指定都市", 1.1, 2.5, 3.0),
        ("村", 6.0, 7.4, 7.9),
    ]
    assert chart.height == 9.8
