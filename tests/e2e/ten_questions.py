"""A survey of ten questions in two sections, and what an officer answers."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from surveys.models import Survey
from tests.factories.surveys import running_survey

TITLE = "休日・夜間の相談体制の調査"


def _question(key: str, kind: str, label: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "type": kind, "label": label, "required": True, **more}


def _options(*labels: str) -> list[dict[str, str]]:
    return [{"value": str(number), "label": label} for number, label in enumerate(labels, 1)]


def _number(key: str, label: str, unit: str) -> dict[str, Any]:
    return _question(key, "number", label, unit=unit, min=0, decimals=0)


DOCUMENT: dict[str, Any] = {
    "sections": [
        {
            "id": "s1",
            "title": "相談の窓口",
            "questions": [
                _question("dept", "text", "担当する部署の名称", max_length=40),
                _question("desk", "yesno", "休日に開く窓口がありますか。"),
                _question("form", "single", "運営の形", options=_options("直営", "委託")),
                _question("ways", "multiple", "相談の方法", options=_options("電話", "面談")),
                _question("since", "date", "開設した日"),
            ],
        },
        {
            "id": "s2",
            "title": "実績と課題",
            "questions": [
                _number("staff", "従事する職員の数", "人"),
                _number("cases", "令和７年度の相談件数", "件"),
                _question("manual", "yesno", "対応の手引きがありますか。"),
                _question("plan", "single", "来年度の予定", options=_options("拡充", "維持")),
                _question("note", "longtext", "課題", max_length=200),
            ],
        },
    ],
    "rules": [],
}
# By section: the question, and what is typed or chosen.
ANSWERS: dict[str, list[tuple[str, str]]] = {
    "相談の窓口": [
        ("担当する部署の名称", "健康推進課"),
        ("休日に開く窓口がありますか。", "はい"),
        ("運営の形", "委託"),
        ("相談の方法", "面談"),
        ("開設した日", "R2.4.1"),
    ],
    "実績と課題": [
        ("従事する職員の数", "12"),
        ("令和７年度の相談件数", "１，２３４"),
        ("対応の手引きがありますか。", "いいえ"),
        ("来年度の予定", "維持"),
        ("課題", "夜間の人員が足りない。"),
    ],
}
STORED = {
    "dept": "健康推進課",
    "desk": True,
    "form": "2",
    "ways": ["2"],
    "since": "2020-04-01",
    "staff": 12,
    "cases": 1234,
    "manual": False,
    "plan": "2",
    "note": "夜間の人員が足りない。",
}


def open_ten_questions(officer: User, *, by: User) -> Survey:
    """The survey, asked of the officer's organization, with a mail to its window."""
    today = timezone.localdate()
    return running_survey(
        officer.active_memberships[0].division.organization,
        document=DOCUMENT,
        title=TITLE,
        division=by.active_memberships[0].division,
        by=by,
        opens_on=today,
        due_on=today + timedelta(days=10),
        notify_by_mail=True,
    )
