"""Whole questionnaires for further surveys: kept, renamed, retired, and begun from."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from onepublic.audit.models import record
from onepublic.core.errors import Refused, Stale, demand
from surveys.actions.image_files import lend_images
from surveys.actions.questionnaires import apply_step
from surveys.authoring import Done, Json
from surveys.models import QuestionnaireRevision, QuestionnaireTemplate
from surveys.permissions import drafting_division_ids, is_drafter

NOTHING_TO_KEEP = "調査票に設問がないため、ひな形として保存できません。"
NOT_EMPTY = "調査票に節があるため、ひな形から始められません。"
CHANGED = "この画面を開いたあとに、このひな形が変更されました。現在の内容を確かめてください。"
RETIRED = "このひな形は、すでに取りやめられています。"
BEGUN = "ひな形「{name}」から始めました。"


@transaction.atomic
def keep_template(
    revision: QuestionnaireRevision, *, by: User, name: str, shared: bool
) -> QuestionnaireTemplate:
    """Keep the questionnaire as it is now for the division that runs the survey.

    ``shared`` offers it to all divisions of the ministry. Raises PermissionDenied for people who
    don't draft for the division, Refused for a questionnaire without questions.
    """
    demand(is_drafter(by, revision.survey))
    if not any(section["questions"] for section in revision.document["sections"]):
        raise Refused(NOTHING_TO_KEEP)
    kept = QuestionnaireTemplate.objects.create(
        division=revision.survey.division,
        name=name,
        document=content_of(revision.document),
        is_shared=shared,
        created_by=by,
    )
    lend_images(revision.survey, kept, kept.document)
    record("questionnaire_template.kept", kept, by=by, survey=revision.survey_id, shared=shared)
    return kept


@transaction.atomic
def rename_template(
    template: QuestionnaireTemplate, *, by: User, name: str, shared: bool, seen: Mapping[str, Any]
) -> None:
    """Give it another name, offer it to all divisions or no longer.

    ``seen``: name and shared as the page showed them. Raises PermissionDenied for people who don't
    draft for its division, Stale when it was changed since, Refused when it was retired.
    """
    held = _held(template, by=by)
    if seen != {"name": held.name, "shared": held.is_shared}:
        raise Stale(CHANGED)
    held.name, held.is_shared = name, shared
    held.save(update_fields=["name", "is_shared"])
    record("questionnaire_template.renamed", held, by=by, name=name, shared=shared)


@transaction.atomic
def retire_template(template: QuestionnaireTemplate, *, by: User) -> None:
    """Offer it no longer; surveys that began from it keep their questions. Raises as renaming."""
    held = _held(template, by=by)
    QuestionnaireTemplate.objects.filter(pk=held.pk).update(retired_at=Now())
    record("questionnaire_template.retired", held, by=by, name=held.name)


@transaction.atomic
def begin_from_template(
    revision: QuestionnaireRevision, template: QuestionnaireTemplate, *, by: User, edit: int
) -> None:
    """Put the template's questions into an empty questionnaire, as a step that can be taken back.

    Raises as :func:`apply_step`; PermissionDenied for a template that the division isn't offered,
    Refused when there are sections already.
    """
    offered = QuestionnaireTemplate.objects.offered_to([revision.survey.division_id])
    demand(offered.filter(pk=template.pk).exists())

    def begin(document: Json) -> Done:
        if document["sections"]:
            raise Refused(NOT_EMPTY)
        return Done({**document, **template.document}, BEGUN.format(name=template.name))

    apply_step(revision, begin, by=by, edit=edit)
    record("survey.begun_from_template", revision.survey, by=by, template=template.pk)


def content_of(document: Json) -> Json:
    """The questions and rules alone, without what the builder keeps beside them."""
    return {"sections": document["sections"], "rules": document.get("rules", [])}


def _held(template: QuestionnaireTemplate, *, by: User) -> QuestionnaireTemplate:
    held = QuestionnaireTemplate.objects.select_for_update(no_key=True).get(pk=template.pk)
    demand(held.division_id in drafting_division_ids(by))
    if held.retired_at:
        raise Refused(RETIRED)
    return held
