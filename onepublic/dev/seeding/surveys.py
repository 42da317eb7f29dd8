"""The sample surveys: opened, answered by about 1,200 organizations, and the old ones closed."""

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.audience import AudienceRule
from onepublic.dev.seeding.responses import CLOSED_AFTER, load_responses
from onepublic.dev.seeding.staff import Staff
from surveys.actions import close_survey, create_survey, open_survey
from surveys.models import Survey

SAMPLES = Path(__file__).resolve().parent.parent / "content"
OPENED_AT = time(9, 0)


def load_surveys(staff: Staff) -> int:
    """Open the sample surveys that are not there yet; return how many."""
    if Survey.objects.exists():
        return 0
    samples = json.loads((SAMPLES / "sample_surveys.json").read_text(encoding="utf-8"))["surveys"]
    numbers = _notice_numbers()
    for sample in sorted(samples, key=lambda one: str(one["open_on"])):
        survey = _open(sample, staff, numbers.get(sample["related_notice_id"], ""))
        load_responses(survey)
        closing = survey.deadline + CLOSED_AFTER
        if closing < timezone.now():
            close_survey(survey, by=staff.approver(sample["division_code"]), moment=closing)
    return len(samples)


def _open(sample: dict[str, Any], staff: Staff, notice_number: str) -> Survey:
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
        stored_audience=AudienceRule(kinds=sample["addressee_kinds"]).to_json(),
        notify_by_mail=False,
    )
    moment = timezone.make_aware(datetime.combine(survey.opens_on, OPENED_AT))
    open_survey(survey, by=drafter, moment=moment)
    return survey


def _notice_numbers() -> dict[str, str]:
    """The printed number of a sample notice by the sample's id; the notices are loaded later."""
    lines = (SAMPLES / "sample_notices.jsonl").read_text(encoding="utf-8").splitlines()
    return {sample["id"]: sample["number"] for sample in map(json.loads, lines)}
