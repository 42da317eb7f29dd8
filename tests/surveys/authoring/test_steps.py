from typing import Any

import pytest

from surveys.authoring import (
    Done,
    StepRefused,
    add_question,
    add_rule,
    add_section,
    blank_question,
    change_question,
    change_section,
    duplicate_question,
    duplicate_section,
    move_question,
    perform,
    remove_question,
    remove_rule,
    remove_section,
    retype_question,
    sentences,
    shift_question,
    shift_section,
)
from surveys.questionnaire import DefinitionError, QuestionType
from tests.surveys.questionnaire.all_types import calculated
from tests.surveys.questionnaire.building import number, rule, single, text, yesno

Json = dict[str, Any]
EMPTY: Json = {"sections": [], "rules": []}
IF_YES = {"q": "q1", "op": "eq", "value": True}


def written(*sections: list[Json], rules: tuple[Json, ...] = ()) -> Json:
    """Sections s1, s2 … with the questions."""
    return {
        "sections": [
            {"id": f"s{n}", "title": f"第{n}節", "questions": list(questions)}
            for n, questions in enumerate(sections, 1)
        ],
        "rules": list(rules),
    }


def order(done: Done) -> list[list[str]]:
    return [[q["id"] for q in section["questions"]] for section in done.document["sections"]]


def why_not(document: Json, step: Any) -> list[str]:
    with pytest.raises(DefinitionError) as refusal:
        perform(document, step)
    return sentences(refusal.value.problems, document)


def test_a_questionnaire_begins_with_a_section_and_a_question() -> None:
    section = perform(EMPTY, lambda d: add_section(d, title="体制"))
    question = perform(section.document, lambda d: add_question(d, "number", section="s1"))

    assert (section.about, section.what) == ("s1", "節「体制」を追加しました。")
    assert (question.about, question.what) == ("q1", "設問「無題の設問」を追加しました。")
    assert order(question) == [["q1"]]
    assert EMPTY == {"sections": [], "rules": []}


@pytest.mark.parametrize("type_", sorted(set(QuestionType) - {QuestionType.IMAGE}))
def test_a_new_question_of_each_type_can_be_read_as_it_is(type_: str) -> None:
    document = written([number("q1")])

    done = perform(document, lambda d: add_question(d, type_, section="s1", after="q1"))

    assert done.document["sections"][0]["questions"][1]["type"] == type_


def test_an_image_brings_its_file() -> None:
    keys = {"file": "f1", "alt": "様式の見本", "label": "見本"}

    done = perform(written([]), lambda d: add_question(d, "image", section="s1", **keys))

    assert done.document["sections"][0]["questions"] == [{"type": "image", "id": "q1", **keys}]


def test_a_calculated_question_needs_a_number_before_it() -> None:
    with pytest.raises(StepRefused, match="先に数値の設問を追加してください"):
        perform(written([text("q1")]), lambda d: add_question(d, "calculated", section="s1"))


def test_an_id_never_comes_back() -> None:
    document = written([number("q1"), number("q2")])

    removed = perform(document, lambda d: remove_question(d, "q2"))
    added = perform(removed.document, lambda d: add_question(d, "text", section="s1", after="q1"))

    assert order(added) == [["q1", "q3"]]


def test_a_question_that_others_read_is_not_removed() -> None:
    document = written(
        [yesno("q1"), text("q2", visible_if=IF_YES)],
        [number("q3")],
        rules=(rule({"q": "q3"}, "ge", {"const": 1}, when=IF_YES),),
    )

    with pytest.raises(StepRefused) as refusal:
        perform(document, lambda d: remove_question(d, "q1"))

    assert str(refusal.value) == (
        "設問「設問q1」は、次から参照されているため削除できません："
        "設問「設問q2」の表示条件、規則「合いません。」"
    )


def test_a_section_goes_with_its_questions_unless_they_are_read_from_outside() -> None:
    document = written([yesno("q1")], [text("q2", visible_if=IF_YES)], [text("q4")])

    with pytest.raises(StepRefused, match="設問「設問q2」の表示条件"):
        perform(document, lambda d: remove_section(d, "s1"))

    done = perform(document, lambda d: remove_section(d, "s2"))
    assert order(done) == [["q1"], ["q4"]]
    assert (done.what, done.about) == ("節「第2節」を削除しました（設問1問を含む）。", "s3")


def test_moving_over_the_border_of_a_section() -> None:
    document = written([text("q1"), text("q2")], [text("q3")])

    down = perform(document, lambda d: shift_question(d, "q2", 1))
    back = perform(down.document, lambda d: shift_question(d, "q2", -1))

    assert order(down) == [["q1"], ["q2", "q3"]]
    assert down.what == "設問「設問q2」を、節「第2節」の2問中1番目に移動しました。"
    assert order(back) == [["q1", "q2"], ["q3"]]


def test_moving_to_a_place() -> None:
    document = written([text("q1"), text("q2")], [text("q3")])

    behind = perform(document, lambda d: move_question(d, "q1", section="s2", after="q3"))
    head = perform(document, lambda d: move_question(d, "q2", section="s1"))

    assert order(behind) == [["q2"], ["q3", "q1"]]
    assert order(head) == [["q2", "q1"], ["q3"]]


@pytest.mark.parametrize(("question", "by"), [("q1", -1), ("q2", 1)])
def test_the_first_goes_no_further_up_and_the_last_no_further_down(question: str, by: int) -> None:
    with pytest.raises(StepRefused, match="これ以上動かせません"):
        perform(written([text("q1"), text("q2")]), lambda d: shift_question(d, question, by))


def test_a_move_that_makes_a_forward_reference_is_refused_with_question_and_reason() -> None:
    document = written([yesno("q1"), text("q2", visible_if=IF_YES)])

    told = why_not(document, lambda d: shift_question(d, "q2", -1))

    assert told == [
        "設問「設問q2」：後にある設問「設問q1」を参照しています。前の設問だけを参照できます。"
    ]


def test_a_section_does_not_move_before_what_it_reads() -> None:
    document = written([yesno("q1")], [text("q2")])
    conditional = perform(document, lambda d: change_section(d, "s2", visible_if=IF_YES)).document

    told = why_not(conditional, lambda d: shift_section(d, "s2", -1))

    assert told == [
        "節「第2節」：後にある設問「設問q1」を参照しています。前の設問だけを参照できます。"
    ]


def test_a_copy_is_shown_under_the_same_condition_and_nobody_reads_it() -> None:
    document = written(
        [yesno("q1"), number("q2", visible_if=IF_YES)],
        rules=(rule({"q": "q2"}, "ge", {"const": 1}),),
    )

    done = perform(document, lambda d: duplicate_question(d, "q2"))

    assert order(done) == [["q1", "q2", "q3"]]
    assert done.document["sections"][0]["questions"][2] == number("q3", visible_if=IF_YES) | {
        "label": "設問q2"
    }
    assert done.document["rules"] == document["rules"]


def test_a_changed_question_keeps_its_id() -> None:
    done = perform(
        written([text("q1")]),
        lambda d: change_question(d, "q1", {**text("zzz"), "label": "窓口の名称"}),
    )

    assert done.document["sections"][0]["questions"] == [{**text("q1"), "label": "窓口の名称"}]
    assert done.what == "設問「窓口の名称」を変更しました。"


def test_another_type_keeps_what_both_have() -> None:
    document = written([single("q1", help="説明", required=True)])

    several = perform(document, lambda d: retype_question(d, "q1", "multiple")).document
    ranked = perform(several, lambda d: retype_question(d, "q1", "ranking")).document
    note = perform(several, lambda d: retype_question(d, "q1", "note")).document

    changed = {**single("q1", help="説明", required=True), "type": "multiple"}
    assert several["sections"][0]["questions"] == [changed]
    assert ranked["sections"][0]["questions"][0]["options"] == [
        {"value": "1", "label": "一"},
        {"value": "2", "label": "二"},
        {"value": "other", "label": "その他"},
    ]
    assert note["sections"][0]["questions"] == [
        {"id": "q1", **blank_question("note", []), "label": "設問q1", "help": "説明"}
    ]


def test_rules_come_and_go() -> None:
    content = {k: v for k, v in rule({"q": "q1"}, "ge", {"const": 1}).items() if k != "id"}

    added = perform(written([number("q1")]), lambda d: add_rule(d, content))
    removed = perform(added.document, lambda d: remove_rule(d, "r1"))
    again = perform(removed.document, lambda d: add_rule(d, content))

    assert added.document["rules"] == [{**content, "id": "r1"}]
    assert removed.document["rules"] == []
    assert again.about == "r2"


def test_sections_change_and_move() -> None:
    document = written([text("q1")], [text("q2")])

    titled = perform(document, lambda d: change_section(d, "s1", title="体制", help="", x=None))
    moved = perform(titled.document, lambda d: shift_section(d, "s1", 1))

    assert titled.document["sections"][0] == {
        "id": "s1",
        "title": "体制",
        "questions": [text("q1")],
    }
    assert order(moved) == [["q2"], ["q1"]]
    assert moved.what == "節「体制」を2節中の2番目に移動しました。"


def test_what_is_gone_says_so() -> None:
    with pytest.raises(StepRefused, match="この設問は、既に削除されています"):
        perform(written([text("q1")]), lambda d: remove_question(d, "q9"))
    with pytest.raises(StepRefused, match="この節は、既に削除されています"):
        perform(EMPTY, lambda d: add_question(d, "text", section="s9"))


def test_a_section_is_duplicated_with_what_reads_it_alone() -> None:
    asked = [
        yesno("q1"),
        number("q2", visible_if=IF_YES),
        calculated("q3", {"mul": [{"q": "q2"}, 2]}),
    ]
    few = {"const": 9}
    inside, across = (
        rule({"q": "q2"}, "le", few, id="r1"),
        rule({"q": "q2"}, "le", {"q": "q4"}, id="r2"),
    )

    done = perform(
        written(asked, [number("q4")], rules=(inside, across)),
        lambda d: duplicate_section(d, "s1"),
    )

    sections, rules = done.document["sections"], done.document["rules"]
    assert (done.about, done.what) == ("s3", "節「第1節」を複製しました（設問3問を含む）。")
    assert [section["id"] for section in sections] == ["s1", "s3", "s2"]
    assert order(done) == [["q1", "q2", "q3"], ["q5", "q6", "q7"], ["q4"]]
    assert sections[1]["questions"][1]["visible_if"] == {**IF_YES, "q": "q5"}
    assert sections[1]["questions"][2]["formula"] == {"mul": [{"q": "q6"}, 2]}
    assert rules == [inside, across, {**inside, "id": "r3", "left": {"q": "q6"}}]
