from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire import evaluate, parse_questionnaire, visible_fields_of
from surveys.questionnaire.excerpt import excerpt
from tests.surveys.questionnaire.all_types import calculated, dynamic_table
from tests.surveys.questionnaire.building import (
    KINDS,
    TOWN,
    Json,
    number,
    parsed,
    respondent,
    single,
    table,
    text,
    unhurried,
    yesno,
)
from tests.surveys.questionnaire.definitions import responses


@unhurried
@given(responses(), st.sampled_from(KINDS), st.data())
def test_a_field_shows_and_is_calculated_as_in_the_whole(
    pair: tuple[Json, Json], kind: str, draw: st.DataObject
) -> None:
    document, answers = pair
    whole = parse_questionnaire(document)
    keys = {field.key for field in whole.fields}
    chosen = draw.draw(st.sets(st.sampled_from(sorted(keys)), max_size=2)) if keys else set()
    place = respondent(kind)

    part = excerpt(whole, chosen)
    given_alone = {key: value for key, value in answers.items() if key in part.keys}

    found, expected = (
        evaluate(part.questionnaire, given_alone, place),
        evaluate(whole, answers, place),
    )
    assert chosen & found.visible_fields == chosen & expected.visible_fields
    assert chosen & visible_fields_of(part.questionnaire, given_alone, place) == (
        chosen & expected.visible_fields
    )
    calculated_ones = chosen & expected.calculated.keys()
    assert {key: found.calculated[key] for key in calculated_ones} == {
        key: expected.calculated[key] for key in calculated_ones
    }


def test_only_what_decides_is_read() -> None:
    whole = parsed(
        yesno("a"),
        number("b", visible_if={"q": "a", "op": "eq", "value": True}),
        text("c", visible_if={"q": "b", "op": "gt", "value": 3}),
        table("t"),
        single("s"),
        dynamic_table("more", columns=[number("n")], totals=None, max_rows=2),
    )

    keys = {key: set(excerpt(whole, {key}).keys) for key in ("a", "c", "t.r1.m", "s", "more.1.n")}

    assert keys == {
        "a": {"a"},
        "c": {"a", "b", "c"},
        "t.r1.m": {"t.r1.m"},
        "s": {"s", "s.other"},
        "more.1.n": {"more.1.n", "more.2.n"},
    }


def test_a_calculation_brings_what_it_reads_also_of_the_round_before() -> None:
    rate = calculated("rate", {"change_rate": {"q": "a"}}, decimals=2)
    over = {"q": "rate", "op": "gt", "value": 0.3}
    whole = parsed(number("a"), number("b"), rate, text("why", visible_if=over))

    part = excerpt(whole, {"why"})

    shown = visible_fields_of(part.questionnaire, {"a": 14}, TOWN, previous={"a": 10})
    assert part.keys == {"a", "rate", "why"}
    assert part.questionnaire.previous_keys == {"a"}
    assert shown == {"a", "rate", "why"}


def test_a_key_that_is_known_no_longer_is_read_all_the_same() -> None:
    part = excerpt(parsed(number("a")), {"gone"})

    assert part.keys == {"gone"}
    assert part.questionnaire.fields == ()
