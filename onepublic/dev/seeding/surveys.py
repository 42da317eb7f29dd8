"""The sample surveys: opened, answered by about 1,200 organizations, the old ones closed; one of
them with the round before.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.audience import AudienceRule
from onepublic.dev.seeding.calendar import moved_along
from onepublic.dev.seeding.responses import CLOSED_AFTER, load_responses
from onepublic.dev.seeding.results import GIVEN_BACK, give_back
from onepublic.dev.seeding.rounds import REPEATED, second_round, trial_of
from onepublic.dev.seeding.staff import Staff
from surveys.actions import close_survey, create_survey, open_survey
from surveys.models import Survey
from surveys.states import PrefecturePart, SurveyState

SAMPLES = Path(__file__).resolve().parent.parent / "content"
OPENED_AT = time(9, 0)


def load_surveys(staff: Staff) -> int:
    """Open the sample surveys that are not there yet; return how many."""
    if Survey.objects.exists():
        return 0
    samples = json.loads((SAMPLES / "sample_surveys.json").read_text(encoding="utf-8"))["surveys"]
    numbers = _notice_numbers()
    for sample in sorted(samples, key=lambda one: str(one["open_on"])):
        number = numbers.get(sample["related_notice_id"], "")
        if sample["id"] == REPEATED:
            trial = _open(trial_of(sample), staff)
            _answer(trial, staff, everybody=True)
            _give_back(trial, staff, is_public=True)
            survey = _open(second_round(sample), staff, notice_number=number, previous=trial)
        else:
            survey = _open(sample, staff, notice_number=number)
        _answer(survey, staff)
        if sample["id"] == GIVEN_BACK:
            _give_back(survey, staff, is_public=False)
    return Survey.objects.count()


def _answer(survey: Survey, staff: Staff, *, everybody: bool = False) -> None:
    load_responses(survey, everybody=everybody)
    closing = survey.deadline + CLOSED_AFTER
    if closing < timezone.now():
        close_survey(survey, by=staff.approver(survey.division.code), moment=closing)


def _give_back(survey: Survey, staff: Staff, *, is_public: bool) -> None:
    """Release the results, once the survey is closed: the day of the demo decides."""
    survey.refresh_from_db()
    if survey.state == SurveyState.CLOSED:
        give_back(survey, by=staff.approver(survey.division.code), is_public=is_public)


def _open(
    sample: Mapping[str, Any],
    staff: Staff,
    *,
    notice_number: str = "",
    previous: Survey | None = None,
) -> Survey:
    sample = moved_along(sample, timezone.localdate())
    code = sample["division_code"]
    drafter = staff.drafter(code)
    survey = create_survey(
        {"sections": sample["sections"], "rules": sample["rules"]},
        by=drafter,
        division=staff.division(code),
        title=sample["title"],
        purpose=sample["purpose"],
        fiscal_year=sample["fiscal_year"],
        base_date=date.fromisoformat(sample["base_date"]),
        record_period=sample["record_period"],
        opens_on=date.fromisoformat(sample["open_on"]),
        due_on=date.fromisoformat(sample["due_on"]),
        estimated_minutes=sample["estimated_minutes"],
        contact=f"{staff.division(code).full_name}（見本）",
        related_notice_number=notice_number,
        stored_audience=_audience(sample).to_json(),
        notify_by_mail=False,
        previous=previous,
        prefecture_part=PrefecturePart.CHECK if previous else PrefecturePart.WATCH,
    )
    moment = timezone.make_aware(datetime.combine(survey.opens_on, OPENED_AT))
    open_survey(survey, by=drafter, moment=moment)
    return survey


def _audience(sample: Mapping[str, Any]) -> AudienceRule:
    return AudienceRule(kinds=sample["addressee_kinds"], prefectures=sample.get("prefectures", []))


def _notice_numbers() -> dict[str, str]:
    """The printed number of a sample notice by the sample's id; the notices are loaded later."""
    lines = (SAMPLES / "sample_notices.jsonl").read_text(encoding="utf-8").splitlines()
    return {sample["id"]: sample["number"] for sample in map(json.loads, lines)}
