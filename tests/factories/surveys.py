"""Surveys as tests need them: opened by the action that the portal calls."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.audience import AudienceRule
from accounts.models import Division, Organization, User
from accounts.states import Role
from surveys.actions import (
    approve,
    ask_for_approval,
    create_survey,
    open_survey,
    request_approval,
    save_answers,
    submit,
)
from surveys.models import Assignment, Survey
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at

YES = {"q": "desk", "op": "eq", "value": True}
DOCUMENT: dict[str, Any] = {
    "sections": [
        {
            "id": "s1",
            "title": "体制",
            "questions": [
                {
                    "id": "staff",
                    "type": "number",
                    "label": "職員数",
                    "required": True,
                    "unit": "人",
                    "min": 0,
                    "max": 1000,
                    "decimals": 0,
                },
                {"id": "desk", "type": "yesno", "label": "窓口の有無", "required": True},
                {
                    "id": "name",
                    "type": "text",
                    "label": "窓口の名称",
                    "required": True,
                    "max_length": 20,
                    "visible_if": YES,
                },
                {
                    "id": "form",
                    "type": "single",
                    "label": "運営の形",
                    "required": False,
                    "options": [
                        {"value": "1", "label": "直営"},
                        {
                            "value": "9",
                            "label": "その他",
                            "free_text": {"label": "内容", "required": True, "max_length": 20},
                        },
                    ],
                },
                {
                    "id": "ways",
                    "type": "multiple",
                    "label": "相談の方法",
                    "required": False,
                    "options": [
                        {"value": "1", "label": "電話"},
                        {"value": "2", "label": "面談"},
                        {"value": "0", "label": "特になし", "exclusive": True},
                    ],
                },
                {"id": "since", "type": "date", "label": "開設日", "required": False},
            ],
        },
        {
            "id": "s2",
            "title": "実績",
            "visible_if": YES,
            "questions": [
                {
                    "id": "cases",
                    "type": "table",
                    "label": "相談件数",
                    "required": True,
                    "rows": [{"id": "new", "label": "新規"}, {"id": "old", "label": "継続"}],
                    "columns": [
                        {"id": "m", "label": "男", "unit": "件", "min": 0, "decimals": 0},
                        {"id": "f", "label": "女", "unit": "件", "min": 0, "decimals": 0},
                    ],
                    "totals": {"row": True, "column": True},
                },
                {
                    "id": "note",
                    "type": "longtext",
                    "label": "備考",
                    "required": False,
                    "max_length": 50,
                },
                {
                    "id": "plan",
                    "type": "file",
                    "label": "計画",
                    "required": False,
                    "accept": [".pdf", ".txt"],
                    "max_files": 2,
                    "max_mb": 1,
                },
            ],
        },
    ],
    "rules": [
        {
            "id": "few",
            "level": "warning",
            "left": {"q": "staff"},
            "op": "ge",
            "right": {"const": 2},
            "message": "職員数が2人未満です。",
        },
        {
            "id": "more-staff",
            "level": "error",
            "left": {"row_sum": ["cases", "new"]},
            "op": "ge",
            "right": {"q": "staff"},
            "message": "新規の件数が職員数より少なくなっています。",
        },
    ],
}
COMPLETE: dict[str, Any] = {"staff": "3", "desk": "false"}


def draft_survey(*organizations: Organization, **fields: Any) -> Survey:
    """A draft that asks the organizations; ``division``, ``document`` and fields as wanted."""
    division: Division = fields.pop("division", None) or DivisionFactory.create()
    codes = [organization.code for organization in organizations]
    values: dict[str, Any] = {
        "title": "相談体制の調査",
        "purpose": "体制を把握する。",
        "fiscal_year": 2026,
        "opens_on": date(2026, 11, 1),
        "due_on": date(2026, 12, 11),
        "notify_by_mail": False,
        "stored_audience": AudienceRule(codes=codes).to_json(),
    } | fields
    document = values.pop("document", DOCUMENT)
    by = values.pop("by", None) or person_at(division)
    return create_survey(document, by=by, division=division, **values)


def running_survey(*organizations: Organization, **fields: Any) -> Survey:
    """The same, open."""
    survey = draft_survey(*organizations, **fields)
    open_survey(survey, by=survey.created_by)
    return survey


def survey_in_review(*organizations: Organization, **fields: Any) -> Survey:
    """One that waits for its approval, and opens at once with it unless ``opens_on`` is later."""
    today = timezone.localdate()
    days = {"opens_on": today, "due_on": today + timedelta(days=40)}
    survey = draft_survey(*organizations, **(days | fields))
    ask_for_approval(survey, by=survey.created_by)
    survey.refresh_from_db()
    return survey


def scheduled_survey(*organizations: Organization, **fields: Any) -> Survey:
    """One that was approved and opens tomorrow."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    survey = survey_in_review(*organizations, opens_on=tomorrow, **fields)
    approve(survey, by=person_at(survey.division, Role.APPROVER))
    survey.refresh_from_db()
    return survey


def assignment(**fields: Any) -> Assignment:
    """The assignment of a village in an open survey of its own."""
    organization = fields.pop("organization", None) or OrganizationFactory.create()
    survey = running_survey(organization, **fields)
    return assignment_of(survey, organization)


def assignment_of(survey: Survey, organization: Organization) -> Assignment:
    """As the pages load it."""
    return Assignment.objects.with_survey().get(survey=survey, organization=organization)


def answer(asked: Assignment, by: User, **values: Any) -> None:
    """Write raw values over whatever revision is stored; ``cases__new__m`` is a cell."""
    revisions = dict(asked.answers.values_list("field", "revision"))
    keys = {name.replace("__", "."): raw for name, raw in values.items()}
    changes = {key: (raw, revisions.get(key, 0)) for key, raw in keys.items()}
    save_answers(asked, by=by, changes=changes)


def submitted(asked: Assignment, by: User | None = None, **values: Any) -> Assignment:
    """The assignment, answered completely and submitted by a person of its organization."""
    writer = by or person_at(asked.organization)
    answer(asked, writer, **(COMPLETE | values))
    submit(asked, by=writer)
    return Assignment.objects.with_survey().get(pk=asked.pk)


def awaiting_approval(asked: Assignment) -> Assignment:
    """The assignment, answered completely by a drafter who asked for its approval."""
    organization = asked.organization
    Organization.objects.filter(pk=organization.pk).update(answers_need_approval=True)
    person_at(organization, Role.APPROVER)
    drafter = person_at(organization, Role.DRAFTER)
    answer(asked, drafter, **COMPLETE)
    request_approval(asked, by=drafter)
    Organization.objects.filter(pk=organization.pk).update(
        answers_need_approval=organization.answers_need_approval
    )
    return Assignment.objects.with_survey().get(pk=asked.pk)
