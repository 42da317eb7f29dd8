"""A prefecture's words and day for one survey: the page on which they are written, their files."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_safe

from onepublic.core.errors import Refused, Stale, demand
from onepublic.core.requests import Request
from onepublic.files.serving import file_response
from surveys.actions.prefecture_rounds import write_round
from surveys.forms.prefecture_rounds import RoundForm, initial_of
from surveys.models import PrefectureRound
from surveys.prefecture_rights import writes_for
from surveys.views.municipalities import Followed, followed_municipalities

Sent = tuple[QueryDict, MultiValueDict[str, UploadedFile]] | tuple[()]
OVERTAKEN = (
    "この画面を開いたあとに、この連絡が変更されました。入力した内容は下に残っています。"
    "「現在の連絡」を確かめ、この内容で置き換えてよければ、もう一度保存してください。"
)


@require_http_methods(["GET", "HEAD", "POST"])
def municipalities_note(request: Request, survey_id: int) -> HttpResponse:
    """Write the words, and let the municipalities know of them by mail or not."""
    followed = followed_municipalities(request, survey_id)
    demand(writes_for(request.user, followed.prefecture))
    stored = _stored(followed)
    sent: Sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = _form(followed, stored, sent)
    if not form.is_valid():
        return _page(request, followed, stored, form)
    tell, shown = "tell" in request.POST, form.cleaned_data["revision"]
    try:
        write_round(
            followed.survey,
            by=request.user,
            prefecture=followed.prefecture,
            words=form.words(),
            revision=shown,
            tell=tell,
        )
    except Stale:
        return _typed_again(request, followed)
    except ValidationError as refusal:
        form.add_error("uploads", refusal)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    else:
        mailed = "、窓口の職員にメールで知らせました" if tell else "ました"
        messages.success(request, f"管内の市区町村に表示し{mailed}。")
        return redirect(followed.page)
    return _page(request, followed, stored, form)


@require_safe
def round_file(request: Request, round_id: int, file_id: UUID) -> FileResponse:
    """A file for the prefecture and its municipalities that are asked."""
    seen = get_object_or_404(PrefectureRound.objects.visible_to(request.user), pk=round_id)
    return file_response(get_object_or_404(seen.files, pk=file_id))


def _stored(followed: Followed) -> PrefectureRound | None:
    rows = PrefectureRound.objects.filter(survey=followed.survey, prefecture=followed.prefecture)
    return rows.select_related("prefecture", "written_by").first()


def _form(followed: Followed, stored: PrefectureRound | None, sent: Sent) -> RoundForm:
    return RoundForm(
        *sent,
        initial=initial_of(stored),
        files=stored.files.order_by("name") if stored else [],
        latest=followed.survey.due_on,
    )


def _typed_again(request: Request, followed: Followed) -> HttpResponse:
    """What was typed, beside what stands now: sending it once more is then a decision."""
    stored = _stored(followed)
    typed = request.POST.copy()
    typed["revision"] = str(stored.revision if stored else 0)
    form = _form(followed, stored, (typed, request.FILES))
    form.add_error(None, OVERTAKEN)
    return _page(request, followed, stored, form, status=409)


def _page(
    request: Request,
    followed: Followed,
    stored: PrefectureRound | None,
    form: RoundForm,
    status: int = 422,
) -> HttpResponse:
    context = {
        "survey": followed.survey,
        "prefecture": followed.prefecture,
        "area_url": followed.page,
        "organizations": followed.asked.count(),
        "round": stored,
        "files": stored.files.order_by("name") if stored else [],
        "form": form,
    }
    shown = status if form.is_bound else 200
    return render(request, "surveys/prefectures/note.html", context, status=shown)
