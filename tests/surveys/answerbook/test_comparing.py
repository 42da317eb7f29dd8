from surveys.answerbook import Change, Complaint, Entry, compare
from surveys.questionnaire import parse_questionnaire
from tests.surveys.questionnaire.building import TOWN, document, number, text, yesno

YES = {"q": "y", "op": "eq", "value": True}
QUESTIONNAIRE = parse_questionnaire(
    document(yesno("y"), number("n", max=9), text("t", visible_if=YES))
)


def entry(key: str, value: object, seen: int = 0) -> Entry:
    return Entry(key, value, f"場所{key}", seen)


def test_a_change_of_what_was_seen_is_none_of_others() -> None:
    found = compare(QUESTIONNAIRE, TOWN, [entry("n", 5, seen=2)], {"n": (3, 2)})

    assert found.changes == (Change("n", "場所n", 3, 2, 5, in_conflict=False),)
    assert (found.conflicts, found.left) == ([], ())


def test_what_others_wrote_meanwhile_is_a_conflict_unless_it_is_the_same() -> None:
    entries = [entry("n", 5, seen=2), entry("y", True, seen=1)]

    found = compare(QUESTIONNAIRE, TOWN, entries, {"n": (4, 3), "y": (True, 2)})

    assert [change.key for change in found.conflicts] == ["n"]
    assert found.changes == (Change("n", "場所n", 4, 3, 5, in_conflict=True),)


def test_one_is_not_true() -> None:
    assert compare(QUESTIONNAIRE, TOWN, [entry("n", 1)], {"n": (True, 1)}).changes


def test_what_the_workbook_itself_shows_may_be_answered() -> None:
    shown = compare(QUESTIONNAIRE, TOWN, [entry("y", True), entry("t", "甲")], {})
    hidden = compare(QUESTIONNAIRE, TOWN, [entry("y", False), entry("t", "甲")], {"y": (True, 0)})

    assert [change.key for change in shown.changes] == ["y", "t"]
    assert [change.key for change in hidden.changes] == ["y"]
    assert hidden.left == (Complaint("場所t", "設問t", "条件により、この設問は回答の対象外です。"),)


def test_emptying_what_is_hidden_is_taken_over() -> None:
    found = compare(QUESTIONNAIRE, TOWN, [entry("t", None, seen=1)], {"t": ("甲", 1)})

    assert [change.key for change in found.changes] == ["t"]


def test_what_a_revision_removed_or_narrowed_is_left() -> None:
    found = compare(QUESTIONNAIRE, TOWN, [entry("gone", 1), entry("n", 10)], {})

    assert [(each.label, each.message) for each in found.left] == [
        ("", "調査票が改訂され、この設問はなくなりました。"),
        ("設問n", "9人以下で入力してください。"),
    ]


def test_a_field_of_others_is_kept_with_the_reason() -> None:
    found = compare(
        QUESTIONNAIRE, TOWN, [entry("n", 5)], {}, why_kept=lambda key: f"{key}は担当外です。"
    )

    assert (found.changes, found.left) == ((), (Complaint("場所n", "設問n", "nは担当外です。"),))


def test_the_fingerprint_tells_other_revisions_and_changes_apart() -> None:
    prints = [
        compare(QUESTIONNAIRE, TOWN, entries, answers).fingerprint
        for entries, answers in (
            ([entry("n", 5)], {}),
            ([entry("n", 5)], {"n": (4, 1)}),
            ([entry("n", 5, seen=1)], {"n": (4, 1)}),
            ([entry("n", 5), entry("y", True)], {}),
        )
    ]

    assert len(set(prints)) == 4
