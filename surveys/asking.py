"""What was asked by whom: one row per question of an opened survey, for finding likenesses."""

from onepublic.core.fulltext.folding import folded
from surveys.models import AskedQuestion, QuestionnaireRevision, Survey
from surveys.questionnaire import Question, Questionnaire
from surveys.responses import questionnaire_of

_TELLING = frozenset({"note", "image"})
"""Types that ask nothing."""


def index_questions(survey: Survey) -> int:
    """Put the questions of the latest published revision in the place of what was indexed of the
    survey; return how many. Safe to call again.
    """
    revision = survey.revisions.filter(published_at__isnull=False).latest("number")
    questionnaire = questionnaire_of(revision)
    survey.asked_questions.all().delete()
    asked = [one for one in questionnaire.questions if one.type not in _TELLING]
    rows = [
        _row(survey, revision, questionnaire, question, position)
        for position, question in enumerate(asked, 1)
    ]
    return len(AskedQuestion.objects.bulk_create(rows))


def _row(
    survey: Survey,
    revision: QuestionnaireRevision,
    questionnaire: Questionnaire,
    question: Question,
    position: int,
) -> AskedQuestion:
    return AskedQuestion(
        survey=survey,
        revision=revision,
        question_id=question.id,
        section_title=questionnaire.section_by_question[question.id].title,
        label=question.label,
        folded=folded(question.label),
        type=question.type.value,
        position=position,
    )
