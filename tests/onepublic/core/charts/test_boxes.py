from onepublic.core.charts import box_chart


def test_boxes_lie_on_a_scale_from_0_to_a_round_number() -> None:
    chart = box_chart([("全国", "12人", (8, 12, 20)), ("町", "x", (None, None, None))], own=7)

    first, second = chart.boxes
    assert (first.left, first.width, first.middle) == (40.0, 60.0, 60.0)
    assert (second.left, second.width, second.middle) == (None, None, None)
    assert (chart.own, chart.height) == (35.0, 7.0)


def test_a_median_may_stand_without_its_box() -> None:
    (box,) = box_chart([("全国", "5人", (None, 10, None))]).boxes

    assert (box.left, box.width, box.middle) == (None, None, 100.0)


def test_below_0_the_scale_begins_at_a_round_number() -> None:
    chart = box_chart([("全国", "0", (-3, 0, 4))])

    assert (chart.boxes[0].left, chart.boxes[0].middle) == (0.0, 42.86)
