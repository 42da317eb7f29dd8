from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.audience import AudienceRule
from onepublic.core.errors import Refused
from surveys.models import Survey
from surveys.readiness import Place, concerns_of, ensure_openable
from surveys.readiness.frame import of_frame
from tests.factories.accounts import OrganizationFactory
from tests.factories.surveys import draft_survey

pytestmark = pytest.mark.django_db
NUMBER: dict[str, Any] = {"type": "number", "label": "職員数", "required": True, "unit": "人"}
TEXT: dict[str, Any] = {"type": "text", "required": False, "max_length": 50}


def document(*questions: dict[str, Any]) -> dict[str, Any]:
    numbered = [{"id": f"q{n}", **question} for n, question in enumerate(questions, 1)]
    return {"sections": [{"id": "s", "title": "節", "questions": numbered}], "rules": []}


def ready(*questions: dict[str, Any], **fields: Any) -> Survey:
    """A survey with nothing to complain of but its questions and the fields that are passed."""
    today = timezone.localdate()
    sound = {
        "contact": "相談係",
        "related_notice_number": "健生発1123第1号",
        "notify_by_mail": True,
        "opens_on": today,
        "due_on": today + timedelta(days=30),
    }
    villages = [] if "stored_audience" in fields else [OrganizationFactory.create()]
    survey = draft_survey(*villages, **(sound | fields))
    survey.revisions.update(document=document(*questions))
    return survey


def test_nothing_is_wrong_with_a_sound_survey() -> None:
    survey = ready(NUMBER)
    ensure_openable(survey)
    survey.opens_on, survey.due_on = date(2027, 1, 12), date(2027, 2, 16)

    assert list(of_frame(survey, date(2026, 11, 23))) == []


@pytest.mark.parametrize(
    ("fields", "anchor", "text"),
    [
        ({"purpose": " "}, "purpose", "調査の目的が書かれていません。"),
        ({"contact": ""}, "contact", "問合せ先がありません。"),
        ({"related_notice_number": ""}, "related_notice_number", "依頼の文書番号がありません。"),
        ({"notify_by_mail": False}, "notify_by_mail", "メールで知らせない設定です。"),
    ],
)
def test_what_the_frame_lacks_is_advice(fields: dict[str, Any], anchor: str, text: str) -> None:
    survey = ready(NUMBER, **fields)
    survey.opens_on, survey.due_on = date(2027, 1, 12), date(2027, 2, 16)

    (concern,) = of_frame(survey, date(2026, 11, 23))

    assert (concern.place, concern.anchor, concern.text) == (Place.FRAME, anchor, text)
    assert concern.stops is False


@pytest.mark.parametrize(
    ("opens_on", "due_on", "texts"),
    [
        (date(2027, 1, 12), date(2027, 1, 26), []),
        (date(2027, 1, 12), date(2027, 1, 25), ["回答の期間が13日しかありません。"]),
        (date(2027, 1, 12), date(2027, 1, 12), ["回答の期間が当日だけです。"]),
        (
            date(2027, 1, 12),
            date(2027, 2, 13),
            ["回答の期限（令和９年２月13日（土））が閉庁日です。"],
        ),
        (
            date(2027, 1, 12),
            date(2027, 2, 11),
            ["回答の期限（令和９年２月11日（木））が閉庁日です。"],
        ),
    ],
    ids=["two weeks", "a day less", "one day", "Saturday", "holiday"],
)
def test_the_deadline_leaves_two_weeks_and_is_a_working_day(
    opens_on: date, due_on: date, texts: list[str]
) -> None:
    survey = ready(NUMBER)
    survey.opens_on, survey.due_on = opens_on, due_on

    assert [concern.text for concern in of_frame(survey, date(2026, 11, 23))] == texts


def test_days_count_from_today_when_the_opening_day_has_passed() -> None:
    survey = ready(NUMBER)
    survey.opens_on, survey.due_on = date(2026, 11, 2), date(2026, 12, 1)

    (concern,) = of_frame(survey, date(2026, 11, 24))

    assert concern.text == "回答の期間が7日しかありません。"
    assert concern.remedy == "２週間以上（令和８年12月８日（火）以後）にしてください。"


def test_a_deadline_that_has_passed_stops() -> None:
    today = timezone.localdate()
    survey = ready(NUMBER, opens_on=today - timedelta(days=9), due_on=today - timedelta(days=1))

    with pytest.raises(Refused, match="回答の期限が過ぎています。"):
        ensure_openable(survey)


def test_an_audience_of_nobody_stops() -> None:
    survey = ready(NUMBER, stored_audience=AudienceRule().to_json())

    assert concerns_of(survey)[0].place is Place.AUDIENCE
    with pytest.raises(Refused, match="宛先に当てはまる機関がありません。"):
        ensure_openable(survey)


@pytest.mark.parametrize(
    "empty", [{"sections": [], "rules": []}, {"sections": [{"id": "s", "title": "節"}]}]
)
def test_a_questionnaire_without_questions_stops(empty: dict[str, Any]) -> None:
    survey = ready(NUMBER)
    survey.revisions.update(document=empty)

    with pytest.raises(Refused, match="調査票に設問がありません。"):
        ensure_openable(survey)


def test_a_faulty_question_stops_with_its_id_and_the_reason() -> None:
    survey = ready({**NUMBER, "min": 5, "max": 1})

    concern = concerns_of(survey)[0]

    assert (concern.place, concern.anchor, concern.stops) == (Place.QUESTIONS, "q1", True)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ({**NUMBER, "unit": ""}, ["「職員数」に単位がありません。"]),
        (
            {
                "type": "table",
                "label": "件数",
                "required": False,
                "rows": [{"id": "r", "label": "新規"}],
                "columns": [
                    {"id": "a", "label": "相談", "unit": "件"},
                    {"id": "b", "label": "費用"},
                ],
            },
            ["「件数」の「費用」に単位がありません。"],
        ),
        (
            {**TEXT, "label": "担当者の氏名"},
            ["「担当者の氏名」は、個人情報（氏名）を尋ねています。"],
        ),
        (
            {**TEXT, "label": "対象者のﾏｲﾅﾝﾊﾞｰ"},
            ["「対象者のﾏｲﾅﾝﾊﾞｰ」は、個人情報（マイナンバー）を尋ねています。"],
        ),
        (
            {
                "type": "dynamic_table",
                "label": "委員",
                "required": False,
                "columns": [{"id": "n", "label": "委員の氏名", "type": "text", "max_length": 9}],
                "max_rows": 3,
            },
            ["「委員の氏名」は、個人情報（氏名）を尋ねています。"],
        ),
        ({"type": "yesno", "label": "氏名の公表の有無", "required": False}, []),
        (
            {**NUMBER, "visible_if": {"attr": "kind", "op": "eq", "value": "prefecture"}},
            ["「職員数」は、どの依頼先にも表示されません。"],
        ),
    ],
    ids=["unit", "unit of a column", "name", "folded", "column", "no text", "unreachable"],
)
def test_what_questions_lack_is_advice(question: dict[str, Any], found: list[str]) -> None:
    concerns = [one for one in concerns_of(ready(question)) if one.place is Place.QUESTIONS]

    assert [concern.text for concern in concerns] == found
    assert [concern.anchor for concern in concerns] == ["q1"] * len(found)
    assert not any(concern.stops for concern in concerns)


@pytest.mark.parametrize("size", [1, 3])
def test_the_check_costs_the_same_for_one_and_for_three(
    size: int, django_assert_num_queries: Any
) -> None:
    villages = OrganizationFactory.create_batch(size)
    codes = [village.code for village in villages]
    survey = ready(NUMBER, stored_audience=AudienceRule(codes=codes).to_json())

    with django_assert_num_queries(2):
        concerns_of(survey)
