import pytest

from surveys.asking import index_questions
from surveys.models import AskedQuestion
from tests.factories.accounts import OrganizationFactory
from tests.factories.surveys import draft_survey, running_survey

pytestmark = pytest.mark.django_db


def test_opening_writes_a_row_for_each_question_in_order() -> None:
    survey = running_survey(OrganizationFactory.create())

    rows = survey.asked_questions.order_by("position")

    assert list(rows.values_list("question_id", "section_title", "type"))[:3] == [
        ("staff", "体制", "number"),
        ("desk", "体制", "yesno"),
        ("name", "体制", "text"),
    ]
    assert rows.count() == 9


def test_labels_are_folded_and_what_only_tells_is_left_out() -> None:
    questions = [
        {"id": "q", "type": "yesno", "label": "ﾏｲﾅﾝﾊﾞｰカード　の利用", "required": False},
        {"id": "n", "type": "note", "label": "記入のしかた", "text": "説明"},
    ]
    document = {"sections": [{"id": "s", "title": "節", "questions": questions}], "rules": []}
    running_survey(OrganizationFactory.create(), document=document)

    row = AskedQuestion.objects.get()

    assert (row.label, row.folded) == ("ﾏｲﾅﾝﾊﾞｰカード　の利用", "マイナンバーカードノ利用")


def test_indexing_again_changes_nothing() -> None:
    survey = running_survey(OrganizationFactory.create())

    again = index_questions(survey)

    assert (again, survey.asked_questions.count()) == (9, 9)


def test_a_draft_is_not_found() -> None:
    draft_survey(OrganizationFactory.create())

    assert AskedQuestion.objects.count() == 0
