from surveys.analysis.counting import Analysis, Counted
from surveys.analysis.drawing import chart_choices, drawing_of
from surveys.analysis.splitting import Split
from surveys.compilation.columns import answer_columns
from surveys.compilation.statistics import figures
from tests.surveys.questionnaire.building import Json, multiple, number, parsed, single, text


def chosen(name: str, **counts: int) -> Counted:
    answered = max(sum(counts.values()), 1)
    return Counted(name, answered + 1, answered, 1, 0, 0, counts, None)


def counted(name: str, *numbers: float, blank: int = 0) -> Counted:
    found = figures(numbers)
    return Counted(name, len(numbers) + blank, len(numbers), blank, 0, 0, {}, found)


def analysis(question: Json, groups: list[Counted], whole: Counted) -> Analysis:
    column = answer_columns(parsed(question).fields, {})[0]
    split = Split("団体の種別", [], "団体の種別") if groups else None
    return Analysis(column, tuple(whole.chosen), split, groups, whole)


def test_options_that_add_up_share_a_bar() -> None:
    groups = [chosen("市", 一=3, 二=1), chosen("村", 一=1, 二=3)]
    found = analysis(single("s"), groups, chosen("全体", 一=4, 二=4))

    drawing = drawing_of(found, "")

    assert drawing.parts is not None
    assert [[part.width for part in each.parts] for each in drawing.parts.groups] == [
        [75.0, 25.0],
        [25.0, 75.0],
    ]
    groups_and_bases = [(each.label, each.note) for each in drawing.parts.groups]
    assert groups_and_bases == [("市", "回答4団体"), ("村", "回答4団体")]
    assert drawing.summary == (
        "回答した8団体のうち、最も多く選択されたのは「一」で、4団体（50.0%）です。"
        "「一」の割合が最も高いのは市（75.0%）、最も低いのは村（25.0%）です。"
    )


def test_one_option_can_be_drawn_by_group() -> None:
    groups = [chosen("市", 一=3, 二=1), chosen("町", 一=3, 二=1), chosen("村", 一=1, 二=3)]
    found = analysis(single("s"), groups, chosen("全体", 一=7, 二=5))

    drawing = drawing_of(found, "2")

    assert drawing.bars is not None
    assert [(bar.name, bar.label, bar.text) for bar in drawing.bars.bars] == [
        ("市", "回答4団体", "25.0%"),
        ("町", "回答4団体", "25.0%"),
        ("村", "回答4団体", "75.0%"),
    ]
    assert drawing.summary == (
        "回答した12団体のうち、「二」を選択したのは5団体（41.7%）です。"
        "「二」の割合が最も高いのは村（75.0%）、最も低いのは市など2区分（25.0%）です。"
    )


def test_options_that_do_not_add_up_have_bars_of_their_own_while_they_are_few() -> None:
    few = analysis(multiple("m"), [chosen("市", 一=3, 二=1)], chosen("全体", 一=3, 二=1))
    groups = [chosen(str(place), 一=3, 二=1) for place in range(31)]
    many = analysis(multiple("m"), groups, chosen("全体", 一=1, 二=9))

    drawn = drawing_of(few, "")

    assert drawn.parts is not None
    assert [part.x for part in drawn.parts.groups[0].parts] == [0.0, 0.0]
    assert [word for word, _ in chart_choices(few)] == ["all", "1", "2"]
    assert [word for word, _ in chart_choices(many)] == ["2", "1"]
    assert drawing_of(many, "").title == "「二」を選択した団体の割合"


def test_of_numbers_the_middle_is_drawn_by_group() -> None:
    groups = [counted("市", 1, 2, 9), counted("村", blank=2)]
    found = analysis(number("a"), groups, counted("全体", 1, 2, 9, blank=2))

    median, mean = (drawing_of(found, word) for word in ("", "mean"))

    assert median.bars is not None
    assert [(bar.name, bar.label, bar.text, bar.width) for bar in median.bars.bars] == [
        ("市", "回答3団体", "2人", 100.0),
        ("村", "回答0団体", "－", 0.0),
    ]
    assert mean.title == "団体の種別ごとの平均"
    assert mean.bars is not None
    assert [bar.text for bar in mean.bars.bars] == ["4人", "－"]
    assert (
        mean.summary == "回答した3団体の中央値は2人、平均は4人で、値は1人から9人までにわたります。"
    )


def test_below_zero_there_are_no_bars() -> None:
    found = analysis(number("a"), [], counted("全体", -1, 2))

    assert (drawing_of(found, "").bars, drawing_of(found, "").parts) == (None, None)


def test_what_is_not_counted_further_is_drawn_as_answered_or_not() -> None:
    whole = counted("全体", blank=1)
    found = analysis(text("t"), [], whole)
    split = analysis(text("t"), [whole, whole], whole)

    drawing = drawing_of(found, "")

    assert drawing.bars is not None
    assert [bar.text for bar in drawing.bars.bars] == ["0団体", "1団体", "0団体", "0団体"]
    assert chart_choices(split) == []
    assert drawing_of(split, "").summary == (
        "提出した1団体のうち、回答があるのは0団体（0.0%）です。"
        "どの区分でも、回答がある割合は0.0%です。"
    )


def test_a_name_that_a_narrow_screen_can_not_hold_is_cut_in_the_chart() -> None:
    whole = Counted("全体", 1, 1, 0, 0, 0, {"長" * 20: 1, "短": 0}, None)

    drawing = drawing_of(analysis(single("s"), [], whole), "")

    assert drawing.bars is not None
    assert [bar.name for bar in drawing.bars.bars] == ["長" * 18 + "…", "短"]
    assert [bar.label for bar in drawing.bars.bars] == ["1団体", "0団体"]
