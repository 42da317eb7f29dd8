import struct
import zlib
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db.models.functions import Now
from pytest_django import Settings

from accounts.states import Role
from onepublic.core.errors import Refused
from onepublic.files.models import StoredFile
from onepublic.files.states import ScanState
from onepublic.files.sweeping import GRACE, sweep, unowned
from surveys.actions import (
    apply_step,
    begin_from_template,
    begin_survey,
    keep_template,
    open_survey,
    place_image,
    take_over_questions,
    undo,
)
from surveys.actions.image_files import store_image
from surveys.authoring import Json, add_question, images_of, take_over
from surveys.models import QuestionnaireRevision, Survey
from tests.factories.accounts import DivisionFactory, OrganizationFactory, UserFactory, person_at
from tests.factories.surveys import DOCUMENT, draft_survey
from tests.surveys.actions.test_drafting import FRAME

pytestmark = pytest.mark.django_db
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00"
    b"\x00IEND\xaeB`\x82"
)
"""One transparent point."""


def png_of(width: int, height: int) -> bytes:
    """The header of a picture of this size, without its points."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return PNG[:8] + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head)) + PNG[33:]


@pytest.mark.parametrize(("width", "height"), [(6001, 4000), (20_000, 20_000), (50_000, 50_000)])
def test_an_image_that_unfolds_to_too_many_points_is_refused(width: int, height: int) -> None:
    """Some dozen bytes in the file, 100 MB to 10 GB in the browser of who reads it."""
    uploaded = ContentFile(png_of(width, height), name="図.png")

    with pytest.raises(ValidationError, match="画素数の積が2,400万以下"):
        store_image(uploaded, by=UserFactory.create())

    assert not StoredFile.objects.exists()


def test_an_image_of_just_as_many_points_is_kept_whole() -> None:
    content = png_of(6000, 4000)

    kept = store_image(ContentFile(content, name="図.png"), by=UserFactory.create())

    assert kept.sha256 == sha256(content).hexdigest()


def test_an_image_without_a_head_is_refused() -> None:
    with pytest.raises(ValidationError, match="PNG又はJPEG"):
        store_image(ContentFile(PNG[:12], name="図.png"), by=UserFactory.create())


def put(survey: Survey, content: bytes = PNG, name: str = "図.png", **more: Any) -> str:
    """An image at the head of the first section; returns the id of its file."""
    revision = survey.revisions.latest("number")

    def make(file: str) -> Any:
        return partial(add_question, type_="image", section="s1", file=file, alt="体制の図")

    options = {"by": survey.created_by, "edit": revision.edit, **more}
    applied = place_image(revision, ContentFile(content, name=name), make, **options)
    (file,) = images_of(applied.revision.document) - images_of(revision.document)
    return file


def begun(survey: Survey, **more: Any) -> QuestionnaireRevision:
    """Another draft of the same division."""
    by, division = survey.created_by, survey.division
    return begin_survey(by=by, division=division, frame=FRAME, **more).revisions.get()


def kept_by(survey: Survey) -> list[str]:
    return [str(key) for key in survey.images.values_list("pk", flat=True)]


def test_an_image_is_stored_shown_and_kept_from_the_sweep() -> None:
    survey = draft_survey()

    file = put(survey)

    stored = StoredFile.objects.get()
    assert (str(stored.pk), stored.name, stored.content_type) == (file, "図.png", "image/png")
    assert kept_by(survey) == [file]
    StoredFile.objects.update(created_at=Now() - 2 * GRACE)
    sweep()
    assert StoredFile.objects.filter(pk=file).exists()


def test_a_file_that_nothing_keeps_is_swept() -> None:
    survey = draft_survey()
    put(survey)
    survey.images.clear()

    assert [file.pk for file in unowned()] == [StoredFile.objects.get().pk]


def test_what_undo_brings_back_is_still_there() -> None:
    survey = draft_survey()
    file = put(survey)
    revision = survey.revisions.get()

    undo(revision, by=survey.created_by, edit=revision.edit)

    assert kept_by(survey) == [file]


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"text", "図.txt", "添付できない種類"),
        (b"text", "図.png", "種類と違います"),
        (PNG, "図.svg", "添付できない種類"),
        (b"", "図.png", "空のファイル"),
        (PNG + b"\0" * 200, "図.png", "画像が大きすぎます"),
    ],
)
def test_only_images_of_a_fitting_size_are_taken(
    settings: Settings, content: bytes, name: str, reason: str
) -> None:
    settings.QUESTION_IMAGE_MAX_BYTES = 200
    survey = draft_survey()

    with pytest.raises(ValidationError, match=reason):
        put(survey, content, name)

    assert not StoredFile.objects.exists()
    assert survey.revisions.get().document["sections"] == DOCUMENT["sections"]


def test_a_refused_step_keeps_no_image() -> None:
    survey = draft_survey()
    nowhere = partial(add_question, type_="image", section="s9", alt="図")

    with pytest.raises(Refused):
        place_image(
            survey.revisions.get(),
            ContentFile(PNG, name="図.png"),
            lambda file: partial(nowhere, file=file),
            by=survey.created_by,
            edit=0,
        )

    assert not StoredFile.objects.exists()


def test_only_drafters_of_the_division_upload() -> None:
    survey = draft_survey()

    for stranger in (
        person_at(survey.division, Role.APPROVER),
        person_at(DivisionFactory.create()),
    ):
        with pytest.raises(PermissionDenied):
            put(survey, by=stranger)


def test_copies_the_next_round_and_templates_keep_the_image() -> None:
    survey = draft_survey()
    file = put(survey)
    by = survey.created_by
    template = keep_template(survey.revisions.get(), by=by, name="図つき", shared=True)
    elsewhere = DivisionFactory.create()

    copy = begun(survey, source=survey)
    next_round = begun(survey)
    Survey.objects.filter(pk=next_round.survey_id).update(previous=survey)
    take_over_questions(next_round.survey, by=by)
    stranger = person_at(elsewhere)
    other = begin_survey(by=stranger, division=elsewhere, frame=FRAME).revisions.get()
    begin_from_template(other, template, by=stranger, edit=other.edit)

    holders = [copy.survey, next_round.survey, other.survey]
    assert [kept_by(holder) for holder in holders] == [[file]] * 3
    assert [str(held.pk) for held in template.images.all()] == [file]


@pytest.mark.parametrize("own", [True, False])
def test_a_file_with_questions_brings_only_images_that_the_division_has(*, own: bool) -> None:
    survey = draft_survey()
    file = put(survey)
    held: Json = survey.revisions.get().document
    target = begun(survey if own else draft_survey())
    step = partial(take_over, held={"sections": held["sections"], "rules": []})
    options: Any = {"by": target.survey.created_by, "edit": target.edit}

    if own:
        apply_step(target, step, **options)
    else:
        with pytest.raises(Refused, match="画像「体制の図」のファイルがありません"):
            apply_step(target, step, **options)

    assert kept_by(target.survey) == ([file] if own else [])


@pytest.mark.parametrize("file", ["no-such-file", "0a-1"])
def test_an_image_without_a_file_is_refused(file: str) -> None:
    survey = draft_survey()
    step = partial(add_question, type_="image", section="s1", file=file, alt="図")

    with pytest.raises(Refused, match="ファイルがありません"):
        apply_step(survey.revisions.get(), step, by=survey.created_by, edit=0)


def test_a_survey_does_not_open_before_its_image_was_scanned() -> None:
    survey = draft_survey(OrganizationFactory.create())
    put(survey)
    StoredFile.objects.update(scan_state=ScanState.WAITING)

    with pytest.raises(Refused, match=r"画像「図\.png」は、ウイルス検査が終わっていない"):
        open_survey(survey, by=survey.created_by)
    StoredFile.objects.update(scan_state=ScanState.CLEAN, scanned_at=Now() - timedelta(minutes=1))

    assert open_survey(survey, by=survey.created_by) == 1
