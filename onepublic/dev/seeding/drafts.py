"""What the ministry is working on: drafts, some waiting for approval, some given back."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.audience import AudienceRule
from accounts.models import User
from accounts.states import Role
from notices.actions.drafting import draft, set_audience
from notices.actions.manuscript import ContactLine, Manuscript
from notices.actions.review import return_to_drafter, submit_for_review
from notices.states import Action, VersionState
from onepublic.dev.seeding.people import NAMED_PEOPLE
from onepublic.dev.seeding.staff import Staff

SAMPLES = Path(__file__).resolve().parent.parent / "content" / "sample_drafts.jsonl"


def load_drafts(staff: Staff) -> int:
    """Write the sample drafts, dated from today on, and bring each into its state; how many."""
    lines = SAMPLES.read_text(encoding="utf-8").splitlines()
    for sample in map(json.loads, lines):
        _load(sample, staff)
    return len(lines)


def _load(sample: dict[str, Any], staff: Staff) -> None:
    code = sample["division_code"]
    drafter = _named(code, Role.DRAFTER) or staff.drafter(code)
    manuscript = _manuscript(sample, staff)
    notice = draft(division=staff.division(code), by=drafter, manuscript=manuscript)
    if sample["addressee_kinds"]:
        set_audience(notice, by=drafter, rule=AudienceRule(kinds=sample["addressee_kinds"]))
    if sample["state"] != VersionState.DRAFT:
        submit_for_review(notice, by=drafter)
    if sample["state"] == VersionState.RETURNED:
        approver = _named(code, Role.APPROVER) or staff.approver(code)
        return_to_drafter(notice, by=approver, reason=sample["reason"])


def _manuscript(sample: dict[str, Any], staff: Staff) -> Manuscript:
    today, due_in = timezone.localdate(), sample["due_in_days"]
    issued_on = today + timedelta(days=sample["issued_in_days"])
    return Manuscript(
        category=sample["category"],
        number=sample["number"].format(day=f"{issued_on:%m%d}"),
        issued_on=issued_on,
        addressee_line=sample["addressee_line"],
        title=sample["title"],
        body=sample["body"],
        importance=sample["urgency"],
        due_on=today + timedelta(days=due_in) if due_in else None,
        action_asked=Action.ACT if due_in else Action.INFORM,
        contacts=[
            ContactLine(division=f"{staff.division(sample['division_code']).full_name}（見本）")
        ],
        joint_issuers=[staff.division(code) for code in sample.get("joint_division_codes", [])],
    )


def _named(code: str, role: Role) -> User | None:
    """The person with a name who has the role in the ministry's division, if there is one."""
    emails = [one.email for one in NAMED_PEOPLE if one.division == code and role in one.roles]
    user: User | None = User.objects.filter(email__in=emails).first()
    return user
