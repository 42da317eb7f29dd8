"""Beginning a notice, from nothing or from ``?template=`` or ``?copy=`` in its address."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.audience import AudienceRule
from notices.actions.drafting import draft
from notices.actions.keeping import from_json, text_of, without_number_and_days
from notices.actions.manuscript import Manuscript
from notices.forms import DraftForm
from notices.models import Notice, NoticeTemplate
from notices.permissions import drafting_division_ids
from notices.views.loading import shown_version
from onepublic.core.requests import Request


def source_of(request: Request) -> tuple[Manuscript | None, AudienceRule | None]:
    """Text and audience to begin with, (None, None) for a blank form; 404 for what the person
    may not use.
    """
    if key := request.GET.get("template"):
        mine = NoticeTemplate.objects.filter(division__in=drafting_division_ids(request.user))
        template = get_object_or_404(mine, pk=_number(key))
        text = without_number_and_days(from_json(template.content))
        return text, AudienceRule.from_json(template.audience)
    if key := request.GET.get("copy"):
        visible = Notice.objects.visible_to(request.user).published()
        notice = get_object_or_404(
            visible.select_related("current_version", "division"), pk=_number(key)
        )
        return without_number_and_days(text_of(shown_version(notice))), notice.audience
    return None, None


def begun(request: Request, form: DraftForm, audience: AudienceRule | None) -> Notice:
    """The draft that a valid form describes; raises what :func:`draft` does."""
    return draft(
        division=form.cleaned_data["division"],
        by=request.user,
        manuscript=form.manuscript(),
        key=form.cleaned_data["key"],
        audience=audience,
    )


def _number(key: str) -> int:
    if not (key.isascii() and key.isdecimal() and len(key) < 10):
        raise Http404
    return int(key)
