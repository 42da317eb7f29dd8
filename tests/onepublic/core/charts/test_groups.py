import pytest

from onepublic.core.charts import MOST_SERIES, grouped_chart, stacked_chart
from onepublic.core.charts.groups import BAR, NAME, NOTE, SPACE


def test_parts_of_a_whole_follow_each_other() -> None:
    chart = stacked_chart(
        ["はい", "いいえ", "他"], [("市", [50.0, 0.0, 25.0]), ("村", [3.0, 97.0, 0.0])]
    )

    parts = [
        [(part.series, part.text, part.x, part.width, part.text_x) for part in group.parts]
        for group in chart.groups
    ]
    assert parts == [
        [(1, "1　50%", 0.0, 50.0, 25.0), (3, "3　25%", 50.0, 25.0, 62.5)],
        [(1, "", 0.0, 3.0, 1.5), (2, "2　97%", 3.0, 97.0, 51.5)],
    ]
    assert chart.height == round(2 * (NAME + BAR + SPACE), 2)


def test_a_narrow_part_bears_its_number_alone() -> None:
    chart = stacked_chart(["一", "二"], [("市", [10.0, 90.0])])

    assert [part.text for part in chart.groups[0].parts] == ["1", "2　90%"]


def test_shares_that_do_not_add_up_stand_one_below_the_other() -> None:
    chart = grouped_chart(["電話", "面談"], [("市", [90.0, 12.5])])

    (group,) = chart.groups
    assert [(p.text, p.x, p.width, p.text_x, p.anchor) for p in group.parts] == [
        ("1　90.0%", 0.0, 90.0, 89.0, "end"),
        ("2　12.5%", 0.0, 12.5, 13.5, "start"),
    ]
    assert [p.y for p in group.parts] == [NAME, NAME + BAR]


def test_more_than_can_be_told_apart_is_refused() -> None:
    names = [str(number) for number in range(MOST_SERIES + 1)]

    for shares in ([("市", [1.0] * len(names))], [("市", [1.0])]):
        with pytest.raises(ValueError, match="at most"):
            stacked_chart(names if len(shares[0][1]) > 1 else names[:2], shares)


def test_notes_stand_below_the_names() -> None:
    chart = stacked_chart(["一"], [("市", [1.0]), ("村", [2.0])], notes=["20団体", "3団体"])

    step = NAME + NOTE + BAR + SPACE
    assert [(group.note, group.note_baseline) for group in chart.groups] == [
        ("20団体", 2.5),
        ("3団体", round(step + 2.5, 2)),
    ]
    assert chart.groups[0].parts[0].y == NAME + NOTE
