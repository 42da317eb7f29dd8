"""Uploading an image: as a new part of the questionnaire, or in the place of what is there."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from onepublic.core.errors import Refused, Stale
from onepublic.core.requests import Request
from surveys.actions import Subject, mark_of, place_image
from surveys.authoring import Json, Step, add_question, change_question, retype_question
from surveys.forms.builder.image import ImageForm
from surveys.models import QuestionnaireRevision
from surveys.views.builder.loading import drafters_revision, question_of, seen_edit, subject_of
from surveys.views.builder.page import Said, answer
from surveys.views.builder.verbs import START

AGAIN = "入力した内容で置き換えてよければ、ファイルを選び直して、もう一度保存してください。"
Make = Callable[[str, Json], Step]


@require_http_methods(["GET", "HEAD", "POST"])
def image_new(request: Request, survey_id: int) -> HttpResponse:
    """An image behind a question (``?section=…&after=…``) or at the head of a section."""
    revision = drafters_revision(request, survey_id)
    section, after = request.GET.get("section", ""), request.GET.get("after", START)

    def make(file: str, words: Json) -> Step:
        place: Json = {"section": section, "after": "" if after == START else after}
        return partial(add_question, type_="image", file=file, **place, **words)

    return _upload(request, revision, None, make, Subject("section", section))


@require_http_methods(["GET", "HEAD", "POST"])
def image_of_question(request: Request, survey_id: int, question_id: str) -> HttpResponse:
    """Another file for an image; for a question of another type, an image in its place."""
    revision = drafters_revision(request, survey_id)
    held = question_of(revision, question_id)

    def make(file: str, words: Json) -> Step:
        if held["type"] != "image":
            return partial(
                retype_question, question_id=question_id, type_="image", file=file, **words
            )
        kept: Json = {key: held[key] for key in ("type", "help", "visible_if") if key in held}
        content = {**kept, "file": file, **words}
        return partial(change_question, question_id=question_id, content=content)

    return _upload(request, revision, held, make, subject_of(request, "question", question_id))


def _upload(
    request: Request,
    revision: QuestionnaireRevision,
    held: Json | None,
    make: Make,
    subject: Subject,
) -> HttpResponse:
    if request.method != "POST":
        return _page(request, revision, held, ImageForm(initial=held))
    form = ImageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, revision, held, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        done = place_image(
            revision,
            form.cleaned_data["file"],
            lambda file: make(file, form.content()),
            by=request.user,
            edit=seen_edit(request),
            subject=subject,
        ).done
    except ValidationError as refusal:
        form.add_error("file", refusal)
    except Stale as refusal:
        revision.refresh_from_db()
        form.add_error(None, f"{refusal}{AGAIN}")
        held = question_of(revision, held["id"]) if held else None
        return _page(request, revision, held, form, status=HTTPStatus.CONFLICT)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    else:
        return answer(request, revision, Said(done.what, done.about))
    return _page(request, revision, held, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _page(
    request: Request,
    revision: QuestionnaireRevision,
    held: Json | None,
    form: ImageForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    is_overtaken = status == HTTPStatus.CONFLICT
    sent = {} if is_overtaken else request.POST
    context = {
        "survey": revision.survey,
        "held": held,
        "shown": held if held and held["type"] == "image" else None,
        "form": form,
        "seen": sent.get("revision", revision.edit),
        "mark": sent.get("mark", mark_of(held) if held else ""),
    }
    return render(request, "surveys/builder/image.html", context, status=status)
