from hypothesis import given
from hypothesis import strategies as st

from notices.comparison import Piece, Row, compare_texts
from notices.comparison.texts import compare_lines

LINES = st.text(st.sampled_from("第1２条アイab 及び。\n"), max_size=60)


def side(rows: list[Row], *, without: str) -> str:
    """One of the two texts, read from an unabridged comparison."""
    kept = [row.pieces for row in rows if row.kind != without]
    return "\n".join("".join(p.text for p in pieces if p.kind != without) for pieces in kept)


@given(LINES, LINES)
def test_both_texts_can_be_read_from_the_comparison(old: str, new: str) -> None:
    rows = compare_texts(old, new, context=None)

    assert (not rows) == (old == new)
    if rows:
        assert (side(rows, without="added"), side(rows, without="removed")) == (old, new)


@given(LINES, LINES)
def test_a_gap_hides_as_many_lines_as_it_says(old: str, new: str) -> None:
    whole, shown = compare_texts(old, new, context=None), compare_texts(old, new)

    hidden = sum(row.hidden for row in shown)
    assert len([row for row in shown if row.kind != "gap"]) + hidden == len(whole)
    assert [row for row in shown if row.kind not in {"gap", "same"}] == [
        row for row in whole if row.kind != "same"
    ]


def test_a_number_is_marked_as_a_whole() -> None:
    assert compare_lines("期限は令和８年11月30日", "期限は令和８年12月10日") == (
        Piece("same", "期限は令和８年"),
        Piece("removed", "11月30"),
        Piece("added", "12月10"),
        Piece("same", "日"),
    )


def test_a_word_of_katakana_is_marked_as_a_whole() -> None:
    assert compare_lines("インフルエンザのワクチン", "インフルエンザの検査") == (
        Piece("same", "インフルエンザの"),
        Piece("removed", "ワクチン"),
        Piece("added", "検査"),
    )


def test_what_is_far_from_a_change_collapses() -> None:
    old = "\n".join(f"第{number}項" for number in range(1, 10))

    rows = compare_texts(old, old.replace("第5項", "第5項及び附則"))

    assert [row.kind for row in rows] == ["gap", "same", "same", "changed", "same", "same", "gap"]
    assert [row.hidden for row in rows if row.kind == "gap"] == [2, 2]


def test_lines_with_nothing_in_common_stand_one_after_the_other() -> None:
    rows = compare_texts("旧い文", "まったく別のこと")

    assert [(row.kind, row.pieces[0].text) for row in rows] == [
        ("removed", "旧い文"),
        ("added", "まったく別のこと"),
    ]


def test_what_is_too_much_to_compare_is_shown_as_two_wholes() -> None:
    """As many pairs as difflib would take minutes for."""
    old, new = "あい" * 10_000, "うい" * 10_000

    assert [row.kind for row in compare_texts(old, new)] == ["removed", "added"]


def test_many_changed_paragraphs_with_blank_lines_between_are_told_apart_as_wholes() -> None:
    """difflib would begin anew at each of the blank lines: half a minute."""
    old = "\n\n".join(f"旧{number}の項目" for number in range(900))
    new = "\n\n".join(f"新{number}である" for number in range(900))

    rows = compare_texts(old, new, context=None)

    assert (side(rows, without="added"), side(rows, without="removed")) == (old, new)


def test_what_all_lines_cost_together_is_bounded() -> None:
    """Each line alone would be compared; a body of them would take a quarter of a minute."""
    old = "\n".join([f"い{'あ' * 300}う"] * 3)
    new = "\n".join([f"う{'あ' * 300}い"] * 3)

    assert [row.kind for row in compare_texts(old, new)] == [
        "changed",
        "changed",
        "removed",
        "added",
    ]


def test_a_long_text_is_compared_where_it_changed() -> None:
    old = "\n".join(f"{'あ' * 990}第{number}項" for number in range(20))
    new = "\n".join(f"{'あ' * 990}第{number + 50}項" for number in range(20))

    assert {row.kind for row in compare_texts(old, new)} == {"changed"}
