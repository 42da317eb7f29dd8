from surveys.questionnaire import QuestionType, evaluate, parse_questionnaire
from surveys.questionnaire.describe import describe_rule
from surveys.questionnaire.plausible import plausible_answers
from tests.factories.stress import QUESTIONS, SECTIONS, stress_questionnaire
from tests.surveys.questionnaire.building import TOWN, seeded


def test_the_stress_survey_is_as_large_as_promised_and_has_every_type() -> None:
    questionnaire = parse_questionnaire(stress_questionnaire())

    assert len(questionnaire.questions) == QUESTIONS
    assert len(questionnaire.sections) == SECTIONS
    assert len(questionnaire.rules) == 62
    assert {question.type for question in questionnaire.questions} == set(QuestionType)


def test_it_can_be_answered() -> None:
    questionnaire = parse_questionnaire(stress_questionnaire())

    answers = plausible_answers(questionnaire, TOWN, seeded(1))

    evaluation = evaluate(questionnaire, answers, TOWN)
    assert (evaluation.ready, len(evaluation.visible_questions) > 290) == (True, True)
    assert list(evaluation.calculated) == [f"s{number}-figure" for number in range(0, 20, 2)]


def test_every_rule_of_it_has_words() -> None:
    questionnaire = parse_questionnaire(stress_questionnaire())

    sentences = [describe_rule(rule, questionnaire) for rule in questionnaire.rules]

    assert [sentence for sentence in sentences if not sentence.endswith("こと。")] == []


def test_it_is_the_same_every_time() -> None:
    assert stress_questionnaire() == stress_questionnaire()
