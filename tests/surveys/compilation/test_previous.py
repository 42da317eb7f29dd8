"""Conditions and formulas that read the last round say the same in the workbook as on the page."""

from typing import Any

import pytest
from openpyxl import load_workbook

from accounts.models import Organization
from surveys.actions import request_compilation
from surveys.models import Survey
from surveys.responses import load_response
from surveys.tasks import run_compilation
from tests.factories.accounts import OrganizationFactory
from tests.factories.surveys import assignment_of, running_survey, submitted

pytestmark = pytest.mark.django_db(transaction=True)
STAFF = {"id": "staff", "type": "number", "label": "職員数", "unit": "人", "required": True}
RATE = {
    "id": "rate",
    "type": "calculated",
    "label": "増減率",
    "formula": {"change_rate": {"q": "staff"}},
    "decimals": 2,
}
WHY = {
    "id": "why",
    "type": "text",
    "label": "増減の理由",
    "required": True,
    "max_length": 50,
    "visible_if": {"q": "rate", "op": "gt", "value": 0.3},
}


def document(*questions: dict[str, Any]) -> dict[str, Any]:
    return {"sections": [{"id": "s1", "title": "体制", "questions": questions}], "rules": []}


def column_of(survey: Survey, key: str) -> list[Any]:
    compilation = request_compilation(survey, by=survey.created_by)
    run_compilation(compilation_id=compilation.pk)
    compilation.refresh_from_db()
    assert compilation.file is not None
    with compilation.file.open() as stream:
        keys, _, *rows = load_workbook(stream)["回答一覧"].values
    return [row[keys.index(key)] for row in rows]


def test_the_workbook_shows_what_the_page_showed() -> None:
    calm, grown, new, heir, merged = OrganizationFactory.create_batch(5)
    old, first, second = OrganizationFactory.create_batch(3)
    last = running_survey(calm, grown, old, first, second, document=document(STAFF))
    for village in (calm, grown, old, first, second):
        submitted(assignment_of(last, village), staff="10", desk=None)
    Organization.objects.filter(pk=old.pk).update(successor=heir)
    Organization.objects.filter(pk__in=[first.pk, second.pk]).update(successor=merged)
    this = running_survey(calm, grown, new, heir, merged, document=document(STAFF, RATE, WHY))
    Survey.objects.filter(pk=this.pk).update(previous=last)
    this.refresh_from_db()

    submitted(assignment_of(this, calm), staff="12", desk=None)
    submitted(assignment_of(this, grown), staff="20", desk=None, why="統合")
    submitted(assignment_of(this, new), staff="20", desk=None)
    submitted(assignment_of(this, heir), staff="20", desk=None, why="新設")
    submitted(assignment_of(this, merged), staff="20", desk=None)

    shown = ["why" in _visible(this, one) for one in (calm, grown, new, heir, merged)]
    assert shown == [False, True, False, True, False]
    assert column_of(this, "why") == ["対象外", "統合", "対象外", "新設", "対象外"]


def _visible(survey: Survey, organization: Organization) -> set[str]:
    return set(load_response(assignment_of(survey, organization)).evaluation.visible_fields)
