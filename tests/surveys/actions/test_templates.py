import pytest
from django.core.exceptions import PermissionDenied

from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from surveys.actions import (
    begin_from_template,
    begin_survey,
    keep_template,
    rename_template,
    retire_template,
    undo,
)
from surveys.models import QuestionnaireRevision, QuestionnaireTemplate, Survey
from tests.factories.accounts import DivisionFactory, person_at
from tests.factories.surveys import DOCUMENT, draft_survey
from tests.surveys.actions.test_drafting import FRAME

pytestmark = pytest.mark.django_db
SEEN = {"name": "年次の調査", "shared": False}


def kept(*, shared: bool = False) -> QuestionnaireTemplate:
    """A template of a division of its own."""
    survey = draft_survey()
    return keep_template(
        survey.revisions.get(), by=survey.created_by, name="年次の調査", shared=shared
    )


def empty(template: QuestionnaireTemplate | None = None) -> QuestionnaireRevision:
    """The empty questionnaire of a draft in the template's division, or in another one."""
    division = template.division if template else DivisionFactory.create()
    by = person_at(division, Role.DRAFTER)
    return begin_survey(by=by, division=division, frame=FRAME).revisions.get()


def events(action: str) -> list[dict[str, object]]:
    return [event.detail for event in AuditEvent.objects.filter(action=action)]


def test_a_questionnaire_is_kept_with_its_rules_and_without_the_builder_s_marks() -> None:
    survey = draft_survey()
    revision = survey.revisions.get()
    revision.document["used"] = {"q": 9}

    template = keep_template(revision, by=survey.created_by, name="年次の調査", shared=True)

    template.refresh_from_db()
    assert template.document == {key: DOCUMENT[key] for key in ("sections", "rules")}
    assert (template.division, template.is_shared) == (survey.division, True)
    assert events("questionnaire_template.kept") == [{"survey": survey.pk, "shared": True}]


def test_an_empty_questionnaire_is_no_template() -> None:
    revision = empty()

    with pytest.raises(Refused, match="設問がない"):
        keep_template(revision, by=revision.survey.created_by, name="空", shared=False)

    assert not QuestionnaireTemplate.objects.exists()


def test_only_drafters_of_the_division_keep_rename_and_retire() -> None:
    template = kept(shared=True)
    survey = Survey.objects.get()
    strangers = [person_at(survey.division, Role.APPROVER), person_at(DivisionFactory.create())]

    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            keep_template(survey.revisions.get(), by=stranger, name="別", shared=False)
        with pytest.raises(PermissionDenied):
            rename_template(template, by=stranger, name="別", shared=False, seen=SEEN)
        with pytest.raises(PermissionDenied):
            retire_template(template, by=stranger)


def test_what_was_renamed_since_the_page_was_shown_is_stale() -> None:
    template = kept()
    by = template.created_by
    rename_template(template, by=by, name="毎年の調査", shared=True, seen=SEEN)

    with pytest.raises(Stale):
        rename_template(template, by=by, name="別", shared=False, seen=SEEN)

    template.refresh_from_db()
    assert (template.name, template.is_shared) == ("毎年の調査", True)


def test_a_retired_template_is_neither_offered_nor_changed_any_more() -> None:
    template = kept(shared=True)
    by = template.created_by
    retire_template(template, by=by)

    with pytest.raises(Refused, match="取りやめられて"):
        retire_template(template, by=by)
    with pytest.raises(Refused, match="取りやめられて"):
        rename_template(template, by=by, name="別", shared=True, seen=SEEN | {"shared": True})
    revision = empty(template)
    with pytest.raises(PermissionDenied):
        begin_from_template(revision, template, by=revision.survey.created_by, edit=revision.edit)

    assert events("questionnaire_template.retired") == [{"name": "年次の調査"}]


def test_an_empty_questionnaire_begins_from_a_template_and_undo_empties_it() -> None:
    template = kept()
    revision = empty(template)
    by = revision.survey.created_by
    before = revision.document

    begin_from_template(revision, template, by=by, edit=revision.edit)

    revision.refresh_from_db()
    assert {key: revision.document[key] for key in template.document} == template.document
    assert undo(revision, by=by, edit=revision.edit) == "ひな形「年次の調査」から始めました。"
    revision.refresh_from_db()
    assert revision.document == before


def test_questions_that_are_there_are_not_replaced_by_a_template() -> None:
    template = kept()
    revision = Survey.objects.get().revisions.get()

    with pytest.raises(Refused, match="節がある"):
        begin_from_template(revision, template, by=template.created_by, edit=revision.edit)


@pytest.mark.parametrize("shared", [True, False])
def test_a_survey_begins_from_what_its_division_is_offered(*, shared: bool) -> None:
    template = kept(shared=shared)
    division = DivisionFactory.create()
    begin = {"by": person_at(division), "division": division, "frame": FRAME}

    if not shared:
        with pytest.raises(PermissionDenied):
            begin_survey(**begin, template=template)  # type: ignore[arg-type]
        return
    survey = begin_survey(**begin, template=template)  # type: ignore[arg-type]

    assert survey.revisions.get().document["sections"] == template.document["sections"]
    assert events("survey.begun_from_template") == [{"template": template.pk}]
