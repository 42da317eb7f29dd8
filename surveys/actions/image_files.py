"""The files of the images between the questions: who keeps them.

A questionnaire names its images by the ids of their files. An id alone gives nobody a file: it is
served only when its survey or template keeps it, and these functions decide when that is.
"""

import warnings
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db.models import Q, QuerySet
from PIL import Image

from accounts.models import User
from onepublic.core.errors import Refused
from onepublic.files.models import StoredFile
from onepublic.files.uploads import check_upload, store
from surveys.authoring import Json, all_questions, images_of, short
from surveys.models import QuestionnaireTemplate, Survey

ENDINGS = (".png", ".jpg", ".jpeg")
_KINDS = ("png", "jpg")
NOT_KEPT = "画像{names}のファイルがありません。画像を差し替えるか、設問を除いてください。"
TOO_LARGE = "画像が大きすぎます。{limit:.3g}MB以下にしてください。"
MOST_POINTS: Final = 24_000_000  # a page of A4 at 400 dpi has 15 million
TOO_MANY_POINTS = (
    "画像の縦横が大きすぎます。"
    f"縦と横の画素数の積が{MOST_POINTS // 10_000:,}万以下となるように縮めてください。"
)
NO_IMAGE = "画像は、PNG又はJPEGのファイルを選んでください。"


def store_image(uploaded: "File[bytes]", *, by: User) -> StoredFile:
    """Check and store an image; raises ValidationError with a Japanese sentence."""
    kind = check_upload(uploaded, endings=ENDINGS)
    if kind not in _KINDS:
        raise ValidationError(NO_IMAGE)
    if (uploaded.size or 0) > settings.QUESTION_IMAGE_MAX_BYTES:
        raise ValidationError(TOO_LARGE.format(limit=settings.QUESTION_IMAGE_MAX_BYTES / 1024**2))
    _demand_drawable(uploaded)
    return store(uploaded, kind=kind, by=by)


def _demand_drawable(uploaded: "File[bytes]") -> None:
    """A few bytes may unfold to gigabytes in every reader's browser: the header says how many
    points there are, and Pillow reads no more than that.
    """
    uploaded.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(uploaded, formats=["PNG", "JPEG"]) as image:
                points = image.width * image.height
    except Image.DecompressionBombError as refusal:
        raise ValidationError(TOO_MANY_POINTS) from refusal
    except (OSError, SyntaxError, ValueError) as broken:
        raise ValidationError(NO_IMAGE) from broken
    if points > MOST_POINTS:
        raise ValidationError(TOO_MANY_POINTS)
    uploaded.seek(0)


def image_files(document: Json) -> "QuerySet[StoredFile]":
    """The files that the questions show, as far as there are any of these ids."""
    return StoredFile.objects.filter(pk__in=_keys(images_of(document)))


def lend_images(source: Survey, target: Survey | QuestionnaireTemplate, document: Json) -> None:
    """Let ``target``, which gets the questions of ``source``, keep the images in them."""
    target.images.add(*source.images.filter(pk__in=image_files(document)))


def adopt_images(survey: Survey, *, before: Json, after: Json) -> None:
    """Let the survey keep the images that a step has brought.

    They may come from the surveys of its division and from the templates that it is offered.
    Raises Refused, with the questions, for files that none of them has.
    """
    brought = images_of(after) - images_of(before)
    if not brought:
        return
    found = _within_reach(survey).filter(pk__in=_keys(brought))
    missing = brought - {str(key) for key in found.values_list("pk", flat=True)}
    if missing:
        named = [q for q in all_questions(after) if q.get("file") in missing]
        raise Refused(NOT_KEPT.format(names="、".join(short(q) for q in named)))
    survey.images.add(*found)


def _within_reach(survey: Survey) -> "QuerySet[StoredFile]":
    own = Survey.objects.filter(division=survey.division_id)
    offered = QuestionnaireTemplate.objects.offered_to([survey.division_id])
    return StoredFile.objects.filter(
        Q(pk__in=own.values("images")) | Q(pk__in=offered.values("images"))
    )


def _keys(ids: set[str]) -> list[UUID]:
    """The ids that can be those of files; a document from elsewhere may hold anything."""
    found = []
    for text in ids:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
