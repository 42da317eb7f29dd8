"""What goes on around responses of surveys that are open: approval, more time, questions."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from accounts.models import User
from onepublic.dev.seeding.people import DOMAIN, KANAGAWA, KIYOKAWA, YOKOHAMA, window_email
from onepublic.dev.seeding.responses import REASON
from onepublic.dev.seeding.staff import Staff
from surveys.actions import (
    ask_extension,
    decide_extensions,
    give_warning_reasons,
    request_approval,
    return_inside,
    save_answers,
)
from surveys.actions.inquiries import answer_inquiry, ask_inquiry
from surveys.models import Assignment, Survey
from surveys.questionnaire import Question, to_json
from surveys.questionnaire.plausible import plausible_answers
from surveys.responses import load_response, questionnaire_of, respondent_of
from surveys.states import AssignmentState

RETURN = "昨年度の実績と見比べて、次の設問をもう一度確かめてください（見本）。"
REMARKS = (
    "区役所の分が含まれているか、確認してください（見本）。",
    "担当課の数字と合っていません。差替えをお願いします（見本）。",
)
MORE_TIME = "担当者の交代のため、集計に時間を要しています（見本）。"
GRANTED = "この日までに提出をお願いします（見本）。"
ASKED = "本村では担当が一人で、他の業務と兼ねています。兼務の者も数えてよいでしょうか（見本）。"
PUBLISHED = "兼務の職員も数えてよいか（見本）。"
REPLY = "主として従事している場合は、兼務の方も数えてください（見本）。"
WAITING = "年度の途中で体制を変えた場合、どの時点の状況を答えればよいでしょうか（見本）。"
EXTENSION = timedelta(days=10)


def load_dealings(staff: Staff) -> None:
    """Give the open surveys some life: nothing when all of them are closed."""
    surveys = list(Survey.objects.accepting().order_by("due_on", "pk"))
    if not surveys:
        return
    first, last = surveys[0], surveys[-1]
    _put_forward(_asked(first, KANAGAWA), person_named("saito"))
    _give_back(_asked(first, YOKOHAMA), person_named("suzuki"), person_named("tanaka"))
    _ask_for_time(first, staff)
    _ask_about(last, staff)


def _put_forward(asked: Assignment, drafter: User) -> None:
    """A complete response that waits for its approval."""
    changes = {key: (value, 0) for key, value in plausible_values(asked).items()}
    save_answers(asked, by=drafter, changes=changes)
    warnings = load_response(asked).evaluation.warnings
    give_warning_reasons(
        asked, by=drafter, reasons={found.rule_id: REASON for found in warnings if found.rule_id}
    )
    request_approval(asked, by=drafter)


def _give_back(asked: Assignment, drafter: User, approver: User) -> None:
    _put_forward(asked, drafter)
    questions = [question.id for question in _counted_questions(asked)]
    return_inside(
        asked, by=approver, reason=RETURN, remarks=dict(zip(questions, REMARKS, strict=False))
    )


def _ask_for_time(survey: Survey, staff: Staff) -> None:
    """One request that waits, one that was granted."""
    drafter, until = staff.drafter(survey.division.code), survey.due_on + EXTENSION
    ask_extension(
        _asked(survey, KIYOKAWA), by=person_named("yamamoto"), until=until, reason=MORE_TIME
    )
    begun = survey.assignments.filter(state=AssignmentState.DRAFTING)
    other = begun.select_related("organization").exclude(organization__code=KIYOKAWA).first()
    if other:
        window = User.objects.get(email=window_email(other.organization.code))
        request = ask_extension(other, by=window, until=until, reason=MORE_TIME)
        decide_extensions(survey, [request.pk], by=drafter, granted=True, remark=GRANTED)


def _ask_about(survey: Survey, staff: Staff) -> None:
    """One question that was answered for all, one that waits."""
    village, city = _asked(survey, KIYOKAWA), _asked(survey, YOKOHAMA)
    place = first_number(village)
    inquiry = ask_inquiry(village, by=person_named("yamamoto"), question_id=place, text=ASKED)
    drafter = staff.drafter(survey.division.code)
    answer_inquiry(inquiry, by=drafter, reply=REPLY, public_text=PUBLISHED)
    ask_inquiry(city, by=person_named("suzuki"), question_id="", text=WAITING)


def _counted_questions(asked: Assignment) -> Iterator[Question]:
    """The visible questions that ask for a number, in order."""
    visible = load_response(asked).evaluation.visible_questions
    questions = questionnaire_of(asked.revision).questions
    return (q for q in questions if q.type == "number" and q.id in visible)


def _asked(survey: Survey, code: str) -> Assignment:
    return Assignment.objects.with_survey().get(survey=survey, organization__code=code)


def first_number(asked: Assignment) -> str:
    """The id of the first visible question that asks for a number; StopIteration without one."""
    return next(_counted_questions(asked)).id


def plausible_values(asked: Assignment) -> dict[str, object]:
    """Values for all visible fields of a response, as JSON; the same at every call."""
    respondent = respondent_of(asked.organization)
    random = Random(asked.pk)  # noqa: S311 - a picture, not a secret
    values = plausible_answers(questionnaire_of(asked.revision), respondent, random)
    return {key: to_json(value) for key, value in values.items()}


def person_named(account: str) -> User:
    """The named person with this account."""
    person: User = User.objects.get(email=f"{account}@{DOMAIN}")
    return person
