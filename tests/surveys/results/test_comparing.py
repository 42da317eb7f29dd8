from dataclasses import replace

from accounts.models import Organization
from surveys.results.comparing import Figure, compared, places
from surveys.results.frozen import Shown
from surveys.results.owning import Own
from tests.factories.releases import results

RELEASED = results()
OWN = Own(Organization(name="青空町"), {"staff": 9}, {"desk": frozenset({"いいえ"})})


def test_own_number_stands_beside_nation_kind_and_prefecture() -> None:
    beside = places(RELEASED.head, "町", "東京都")

    staff, _ = compared(RELEASED.sections[0], beside, OWN)

    (line,) = staff.blocks[0].lines
    words = ("7人", ("4～12.5人", "30団体"))
    assert line.own == "9人"
    assert line.figures == [Figure(name, *words) for name in ("全国", "町", "東京都")]
    assert staff.blocks[0].boxes is not None
    assert staff.blocks[0].summary == (
        "破線は、貴機関の9人です。中央値は、全国が7人、町が7人、東京都が7人です。"
    )


def test_the_own_option_is_marked_by_a_word() -> None:
    _, desk = compared(RELEASED.sections[0], places(RELEASED.head, "", ""), OWN)

    (block,) = desk.blocks
    assert [(line.label, line.is_own) for line in block.lines] == [
        ("はい", False),
        ("いいえ", True),
    ]
    assert [line.figures for line in block.lines] == [
        [Figure("全国", "60.0%", ("18団体",))],
        [Figure("全国", "40.0%", ("12団体",))],
    ]
    assert block.bars is not None
    assert [bar.label for bar in block.bars.bars] == ["はい", "いいえ（貴機関の回答）"]


def test_what_is_hidden_is_an_x_and_neither_0_nor_blank() -> None:
    staff, desk = compared(RELEASED.sections[0], places(RELEASED.head, "村", ""), None)

    assert [question.blocks[0].lines[0].figures[1] for question in (staff, desk)] == [
        Figure("村", "x", ()),
        Figure("村", "x", ()),
    ]


def test_a_group_that_is_not_among_the_results_is_left_out() -> None:
    assert [place.name for place in places(RELEASED.head, "特別区", "なし")] == ["全国"]


def test_a_long_option_has_a_line_of_its_own_in_the_drawing() -> None:
    section = RELEASED.sections[0]
    options = ("ほかの地方公共団体と共同で設けた窓口において対応", "いいえ")
    long = replace(section, columns=(replace(section.columns[1], options=options),))
    own = replace(OWN, chosen={"desk": frozenset(options[:1])})

    (question,) = compared(long, places(RELEASED.head, "", ""), own)

    assert question.blocks[0].bars is not None
    first = question.blocks[0].bars.bars[0]
    assert (first.name, first.label) == (
        "ほかの地方公共団体と共同で設けた窓口…",
        "（貴機関の回答）",
    )
    assert question.blocks[0].lines[0].label == options[0]


def test_a_hidden_share_is_an_x_in_the_drawing() -> None:
    section = RELEASED.sections[0]
    hidden = replace(section.columns[1], nation=Shown(30, (None, None)))

    (question,) = compared(replace(section, columns=(hidden,)), places(RELEASED.head, "", ""), None)

    assert question.blocks[0].bars is not None
    assert [(bar.text, bar.width) for bar in question.blocks[0].bars.bars] == [("x", 0), ("x", 0)]
    assert question.blocks[0].summary == "全国で示せる回答はありません。"
