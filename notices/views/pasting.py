"""What the clipboard holds, as text for the body of a notice."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from notices.body.pasting import markdown_of
from notices.permissions import can_draft
from onepublic.core.errors import demand
from onepublic.core.requests import Request


@require_POST
def pasted(request: Request) -> HttpResponse:
    """The Markdown of the HTML that was sent; nothing is stored."""
    demand(can_draft(request.user))
    text = markdown_of(request.POST.get("html", ""))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
