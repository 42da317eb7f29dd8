import pytest

from onepublic.workbook.titles import SheetTitles


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        ("回答一覧", "回答一覧"),
        ("a[b]c:d*e?f/g\\h", "a_b_c_d_e_f_g_h"),
        ("'引用'", "_引用_"),
        ("全角：＊？／", "全角____"),
        ("", "シート"),
        ("  ", "シート"),
        ("a\x00b\nc", "a␀b_c"),
        ("あ" * 31, "あ" * 31),
        ("あ" * 32, "あ" * 30 + "…"),
        ("😀" * 16, "😀" * 15 + "…"),
        ("履歴", "履歴 (2)"),
        ("History", "History (2)"),
    ],
)
def test_titles_become_acceptable_to_excel(wanted: str, title: str) -> None:
    assert SheetTitles().take(wanted) == title


def test_titles_are_unique_whatever_their_case_and_width() -> None:
    titles = SheetTitles()
    taken = [titles.take(wanted) for wanted in ("Ab", "aB", "ＡＢ", "あ" * 40, "あ" * 41)]
    assert taken == ["Ab", "aB (2)", "ＡＢ (3)", "あ" * 30 + "…", "あ" * 26 + "… (2)"]
