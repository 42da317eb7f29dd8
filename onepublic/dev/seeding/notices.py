"""The sample notices, published by the verbs that the screens call."""

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.audience import AudienceRule
from notices.actions.attaching import attach
from notices.actions.drafting import draft, set_audience
from notices.actions.manuscript import ContactLine, Manuscript
from notices.actions.publication import publish
from notices.actions.relating import relate
from notices.actions.review import submit_for_review
from notices.models import Delivery, Notice, Topic
from notices.states import Action, AttachmentKind, Category, RelationKind
from onepublic.core.sql import analyze
from onepublic.dev.seeding.divisions import load_routes
from onepublic.dev.seeding.files import sample_file
from onepublic.dev.seeding.mail import load_earlier_mail
from onepublic.dev.seeding.staff import Staff

SAMPLES = Path(__file__).resolve().parent.parent / "content" / "sample_notices.jsonl"
CATEGORIES = {str(category.label): category for category in Category}
PUBLISHED_AT = time(10, 0)
MAILED = 1
"""The newest sample is mailed, so that the post box is not empty; mail about the older ones has
gone out long ago (see ``load_earlier_mail``)."""


def load_notices(staff: Staff) -> int:
    """Publish the samples that are not there yet, in order of their dates; return how many."""
    if Notice.objects.exists():
        return 0
    load_routes()
    samples = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
    published: dict[str, Notice] = {}
    for position, sample in enumerate(samples):
        notify = position >= len(samples) - MAILED
        if notify:
            analyze(Delivery)
            load_earlier_mail()
        published[sample["id"]] = _publish(sample, staff, published, notify=notify)
    return len(published)


def _publish(
    sample: dict[str, Any], staff: Staff, earlier: dict[str, Notice], *, notify: bool
) -> Notice:
    code = sample["division_code"]
    drafter = staff.drafter(code)
    notice = draft(
        division=staff.division(code),
        by=drafter,
        manuscript=_manuscript(sample, staff, notify=notify),
    )
    set_audience(notice, by=drafter, rule=_rule(sample))
    if sample["attachments"]:
        files = [ContentFile(sample_file(name), name=name) for name in sample["attachments"]]
        attach(notice, by=drafter, files=files, kind=AttachmentKind.ANNEX)
    for related in sample["related"]:
        if related in earlier:
            relate(notice, to=earlier[related], kind=RelationKind.RELATED, by=drafter)
    submit_for_review(notice, by=drafter)
    issued_at = datetime.combine(date.fromisoformat(sample["issued_on"]), PUBLISHED_AT)
    return publish(notice, by=staff.approver(code), moment=timezone.make_aware(issued_at))


def _manuscript(sample: dict[str, Any], staff: Staff, *, notify: bool) -> Manuscript:
    due_on = sample["due_on"]
    return Manuscript(
        category=CATEGORIES[sample["category"]],
        number=sample["number"],
        issued_on=date.fromisoformat(sample["issued_on"]),
        addressee_line=sample["addressee_line"],
        title=sample["title"],
        body=sample["body"],
        importance=sample["urgency"],
        due_on=date.fromisoformat(due_on) if due_on else None,
        action_asked=Action.ACT if due_on else Action.INFORM,
        contacts=[
            ContactLine(division=f"{staff.division(sample['division_code']).full_name}（見本）")
        ],
        notify_by_mail=notify,
        joint_issuers=[staff.division(code) for code in sample["joint_division_codes"]],
        topics=[Topic.objects.get_or_create(name=name)[0] for name in sample["tags"]],
    )


def _rule(sample: dict[str, Any]) -> AudienceRule:
    scope = sample["addressee_scope"] or {}
    return AudienceRule(
        kinds=[] if "codes" in scope else sample["addressee_kinds"],
        prefectures=scope.get("prefectures", []),
        bureaus=scope.get("bureaus", []),
        codes=scope.get("codes", []),
    )
