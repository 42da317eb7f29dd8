"""What a page showed of a survey, as a short mark that it sends back.

A mark changes with whatever it stands for, whoever changed it; so an act on a page that was
overtaken is noticed without a counter that every writer would have to keep.
"""

import json
from hashlib import sha256

from onepublic.core.errors import Stale
from surveys.models import Survey

FRAME_FIELDS = (
    "title",
    "purpose",
    "fiscal_year",
    "base_date",
    "record_period",
    "opens_on",
    "due_on",
    "accepts_late",
    "prefecture_part",
    "prefectures_read_drafts",
    "estimated_minutes",
    "contact",
    "related_notice_number",
    "previous_id",
    "notify_by_mail",
)
OVERTAKEN = (
    "この調査は、画面を開いたあとに変更されています。"
    "最新の内容を確かめてから、もう一度操作してください。"
)


def frame_mark(survey: Survey) -> str:
    """Of state, frame and audience."""
    return _digest(_frame(survey))


def whole_mark(survey: Survey) -> str:
    """Of state, frame, audience and the questionnaire in hand: what an approver decides on."""
    latest = survey.revisions.order_by("-number").values_list("pk", "edit", "published_at")
    return _digest([*_frame(survey), latest.first()])


def ensure_frame_unchanged(survey: Survey, mark: str | None) -> None:
    """Raises Stale when the page showed another frame; None stands for no page."""
    if mark is not None and mark != frame_mark(survey):
        raise Stale(OVERTAKEN)


def ensure_unchanged(survey: Survey, mark: str | None) -> None:
    """Raises Stale when the page showed another frame or questionnaire; None: no page."""
    if mark is not None and mark != whole_mark(survey):
        raise Stale(OVERTAKEN)


def _frame(survey: Survey) -> list[object]:
    fields = [getattr(survey, name) for name in FRAME_FIELDS]
    return [survey.state, *fields, json.dumps(survey.stored_audience, sort_keys=True)]


def _digest(parts: list[object]) -> str:
    return sha256(json.dumps(parts, default=str).encode()).hexdigest()[:20]
