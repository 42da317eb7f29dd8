from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire import (
    DefinitionError,
    FieldState,
    Level,
    evaluate,
    parse_questionnaire,
    state_of,
)
from tests.surveys.questionnaire.building import KINDS, Json, respondent, unhurried
from tests.surveys.questionnaire.definitions import documents, responses, rounds
from tests.surveys.questionnaire.naive import Naive

kinds = st.sampled_from(KINDS)


@unhurried
@given(responses(), kinds)
def test_the_same_is_visible_as_to_a_naive_evaluator(pair: tuple[Json, Json], kind: str) -> None:
    document, answers = pair

    evaluation = evaluate(parse_questionnaire(document), answers, respondent(kind))

    assert evaluation.visible_questions == Naive(document, answers, kind).visible_questions()


@unhurried
@given(responses(), kinds)
def test_the_same_is_missing_as_to_a_naive_evaluator(pair: tuple[Json, Json], kind: str) -> None:
    document, answers = pair

    evaluation = evaluate(parse_questionnaire(document), answers, respondent(kind))

    missing = [key for f in evaluation.findings if f.level is Level.BLANK for key in f.field_keys]
    assert sorted(missing) == sorted(Naive(document, answers, kind).blank_keys())


@unhurried
@given(rounds(), kinds)
def test_the_same_rules_break_as_to_a_naive_evaluator(
    drawn: tuple[Json, Json, Json | None], kind: str
) -> None:
    document, answers, previous = drawn
    questionnaire = parse_questionnaire(document)

    evaluation = evaluate(questionnaire, answers, respondent(kind), previous=previous)

    broken = [finding.rule_id for finding in evaluation.findings if finding.rule_id]
    assert broken == Naive(document, answers, kind, previous).broken_rules()


@unhurried
@given(responses(), kinds)
def test_totals_are_the_naive_sums(pair: tuple[Json, Json], kind: str) -> None:
    document, answers = pair
    naive = Naive(document, answers, kind)

    evaluation = evaluate(parse_questionnaire(document), answers, respondent(kind))

    assert {
        id_: (dict(totals.rows), dict(totals.columns), totals.grand)
        for id_, totals in evaluation.totals.items()
    } == {
        id_: naive.totals(id_)
        for id_ in naive.visible_questions()
        if naive.questions[id_][1]["type"] in ("table", "dynamic_table")
    }


@unhurried
@given(responses(), kinds)
def test_the_same_fields_are_there_as_to_a_naive_evaluator(
    pair: tuple[Json, Json], kind: str
) -> None:
    document, answers = pair

    evaluation = evaluate(parse_questionnaire(document), answers, respondent(kind))

    assert evaluation.visible_fields == Naive(document, answers, kind).visible_fields()


@unhurried
@given(responses(), kinds)
def test_the_same_is_refused_as_by_a_naive_evaluator(pair: tuple[Json, Json], kind: str) -> None:
    document, answers = pair

    evaluation = evaluate(parse_questionnaire(document), answers, respondent(kind))

    refused = [key for f in evaluation.findings if f.level is Level.INVALID for key in f.field_keys]
    assert sorted(refused) == sorted(Naive(document, answers, kind).invalid_keys())


@unhurried
@given(rounds(), kinds)
def test_the_same_is_calculated_as_by_a_naive_evaluator(
    drawn: tuple[Json, Json, Json | None], kind: str
) -> None:
    document, answers, previous = drawn
    naive = Naive(document, answers, kind, previous)
    questionnaire = parse_questionnaire(document)

    evaluation = evaluate(questionnaire, answers, respondent(kind), previous=previous)

    assert evaluation.calculated == {
        id_: naive.calculated(id_)
        for id_ in naive.visible_questions()
        if naive.questions[id_][1]["type"] == "calculated"
    }


@unhurried
@given(responses(), kinds)
def test_what_is_hidden_changes_nothing(pair: tuple[Json, Json], kind: str) -> None:
    document, answers = pair
    questionnaire = parse_questionnaire(document)
    evaluation = evaluate(questionnaire, answers, respondent(kind))

    shown = {
        field.key: answers.get(field.key)
        for field in questionnaire.fields
        if state_of(field, answers, evaluation) is not FieldState.NOT_APPLICABLE
    }

    assert evaluate(questionnaire, shown, respondent(kind)) == evaluation


@unhurried
@given(documents(), st.data())
def test_a_forward_reference_is_refused(document: Json, data: st.DataObject) -> None:
    ordered = [q for section in document["sections"] for q in section["questions"]]
    place = data.draw(st.integers(0, len(ordered) - 1))
    later = data.draw(st.sampled_from(ordered[place:]))
    ordered[place]["visible_if"] = {"not": {"q": later["id"], "op": "answered"}}

    try:
        parse_questionnaire(document)
    except DefinitionError as refusal:
        problems = refusal.problems
    else:
        problems = ()

    assert [problem.where for problem in problems] == [ordered[place]["id"]]
