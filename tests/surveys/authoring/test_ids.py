from surveys.authoring import next_option_value, next_part_id
from tests.surveys.questionnaire.building import document, single, table


def test_the_value_of_a_removed_option_never_comes_back() -> None:
    question = single("q1")
    kept = {**document(question), "used": {"q1.options": 7}}

    assert next_option_value(kept, question) == "8"


def test_options_count_on_from_the_highest_number() -> None:
    question = single("q1")

    assert next_option_value(document(question), question) == "3"


def test_rows_and_columns_have_their_own_numbers() -> None:
    question = table("q1")

    assert next_part_id(document(question), question, "rows") == "r3"
    assert next_part_id(document(question), question, "columns") == "c1"


def test_options_of_a_column_are_counted_by_themselves() -> None:
    column = {"id": "c1", "label": "区分", "type": "single", "options": single("x")["options"]}
    question = table("q1", columns=[column], totals=None)

    assert next_option_value(document(question), question, column="c1") == "3"
