from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from onepublic.core.fulltext.folding import folded
from surveys.insight.likeness import like_questions
from surveys.models import AskedQuestion, Survey
from surveys.questionnaire import Questionnaire, parse_questionnaire
from tests.factories.accounts import OrganizationFactory
from tests.factories.surveys import draft_survey, running_survey

pytestmark = pytest.mark.django_db

LABEL = "地域包括支援センターの職員数を記入してください。"


def asking(*labels: str) -> dict[str, Any]:
    questions = [
        {"id": f"q{n}", "type": "yesno", "label": label, "required": False}
        for n, label in enumerate(labels, 1)
    ]
    return {"sections": [{"id": "s", "title": "節", "questions": questions}]}


def asked_before(label: str, **fields: Any) -> Survey:
    """A survey that was opened with one question of these words."""
    survey = running_survey(OrganizationFactory.create(), document=asking(label), **fields)
    AskedQuestion.objects.get_or_create(
        survey=survey,
        question_id="q1",
        defaults={
            "revision": survey.revisions.get(),
            "label": label,
            "folded": folded(label),
            "type": "yesno",
            "position": 1,
        },
    )
    return survey


def draft_asking(*labels: str) -> tuple[Survey, Questionnaire]:
    document = asking(*labels)
    return draft_survey(document=document), parse_questionnaire(document)


def test_the_same_words_are_found_with_survey_and_holder() -> None:
    earlier = asked_before(LABEL, title="昨年の調査", contact="内線1234")
    draft = draft_asking("関係のない設問です。", LABEL)

    found = like_questions(*draft)

    [like] = found["q2"]
    assert list(found) == ["q2"]
    assert (like.survey_id, like.title, like.contact) == (earlier.pk, "昨年の調査", "内線1234")
    assert (like.question_id, like.division_id, like.percent) == ("q1", earlier.division_id, 100)


@pytest.mark.parametrize(
    ("words", "is_like"),
    [
        ("地域包括支援センターの常勤職員数を記入してください。", True),
        ("地域包括支援ｾﾝﾀｰの職員数を記入してください", True),
        ("災害時の避難所の数を記入してください。", False),
    ],
)
def test_words_are_compared_by_likeness(words: str, *, is_like: bool) -> None:
    asked_before(LABEL)

    found = like_questions(*draft_asking(words))

    assert ("q1" in found) is is_like


def test_what_is_older_than_two_years_is_left_out() -> None:
    earlier = asked_before(LABEL)
    long_ago = timezone.now() - timedelta(days=732)
    Survey.objects.filter(pk=earlier.pk).update(opened_at=long_ago)

    assert like_questions(*draft_asking(LABEL)) == {}


def test_the_likest_three_are_shown_and_never_the_survey_itself() -> None:
    surveys = [asked_before(LABEL + "多" * more) for more in (3, 0, 2, 1)]

    found = like_questions(surveys[1], parse_questionnaire(asking(LABEL)))

    assert [like.survey_id for like in found["q1"]] == [
        surveys[3].pk,
        surveys[2].pk,
        surveys[0].pk,
    ]
