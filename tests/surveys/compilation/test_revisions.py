"""A workbook over several revisions of one questionnaire."""

from copy import deepcopy
from typing import Any

import pytest
from openpyxl import load_workbook

from accounts.states import Role
from surveys.actions import begin_revision, publish_revision, request_compilation
from surveys.tasks import run_compilation
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import DOCUMENT, assignment_of, running_survey, submitted

pytestmark = pytest.mark.django_db(transaction=True)


def sheets_of(survey: Any) -> dict[str, list[tuple[Any, ...]]]:
    compilation = request_compilation(survey, by=survey.created_by)
    run_compilation(compilation_id=compilation.pk)
    compilation.refresh_from_db()
    assert compilation.file is not None
    with compilation.file.open() as stream:
        return {sheet.title: list(sheet.values) for sheet in load_workbook(stream)}


def test_what_was_answered_before_a_question_was_removed_keeps_its_column() -> None:
    before, after = OrganizationFactory.create_batch(2)
    survey = running_survey(before, after)
    officer = person_at(before)
    submitted(assignment_of(survey, before), officer, since="R8.4.1")
    document = deepcopy(DOCUMENT)
    questions = document["sections"][0]["questions"]
    questions.remove(next(question for question in questions if question["id"] == "since"))
    begin_revision(survey, by=survey.created_by, reason="不要な設問")
    survey.revisions.filter(number=2).update(document=document)
    publish_revision(survey, by=person_at(survey.division, Role.APPROVER), confirmed=True)
    submitted(assignment_of(survey, before), officer)
    submitted(assignment_of(survey, after))

    sheets = sheets_of(survey)

    keys, labels, *rows = sheets["回答一覧"]
    place = keys.index("since")
    assert keys[place - 1 : place + 2] == ("ways", "since", "cases.new.m")
    assert labels[place] == "【改訂で削除】開設日"
    assert [row[place] and row[place].date().isoformat() for row in rows] == ["2026-04-01", None]
    (told,) = [row for row in sheets["設問定義"] if row[0] == "since"]
    assert told[1:4] == ("体制", "【改訂で削除】開設日", "日付")
    assert ("調査票の版", "第2版") in [row[:2] for row in sheets["概要"]]
