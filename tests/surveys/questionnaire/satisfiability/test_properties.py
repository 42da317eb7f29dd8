from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire import DefinitionError, Problem, parse_questionnaire
from surveys.questionnaire.satisfiability import checks
from tests.surveys.questionnaire.building import KINDS, Json, unhurried
from tests.surveys.questionnaire.definitions import answers_to, drafts
from tests.surveys.questionnaire.naive import OPS, Naive
from tests.surveys.questionnaire.naive_sides import worked_out


@unhurried
@given(drafts(), st.sampled_from(KINDS), st.data())
def test_what_is_refused_as_impossible_never_happens(
    document: Json, kind: str, data: st.DataObject
) -> None:
    problems = _problems(document)
    naive = Naive(document, data.draw(answers_to(document)), kind)

    happened = [problem for problem in problems if _happens(problem, naive)]

    assert happened == []


def _problems(document: Json) -> tuple[Problem, ...]:
    try:
        parse_questionnaire(document)
    except DefinitionError as refusal:
        return refusal.problems
    return ()


def _happens(problem: Problem, naive: Naive) -> bool:
    """Tell whether these answers show the reason to be wrong."""
    rules = {rule["id"]: rule for rule in naive.document["rules"]}
    match problem.reason:
        case checks.NEVER_SHOWN:
            shown = {id_ for id_ in naive.questions if naive.visible(id_)}
            return problem.where in shown | {naive.questions[id_][0]["id"] for id_ in shown}
        case checks.NEVER_APPLIES:
            return naive.true(rules[problem.where]["when"])
        case checks.NEVER_TOGETHER:
            return _outcome(rules[problem.where], naive) is not None
        case checks.NEVER_BROKEN:
            return _outcome(rules[problem.where], naive) is False
        case checks.NEVER_KEPT:
            return _outcome(rules[problem.where], naive) is True
    return False


def _outcome(rule: Json, naive: Naive) -> bool | None:
    if "unique" in rule:
        return False if naive.is_alike(rule) and naive.true(rule.get("when")) else None
    left, right = worked_out(rule["left"], naive), worked_out(rule["right"], naive)
    if left is None or right is None or not naive.true(rule.get("when")):
        return None
    return bool(OPS[rule["op"]](left, right))
