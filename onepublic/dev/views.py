"""The demo's sign-in page and its post box."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Organization, User
from onepublic.core.pagination import newest_first
from onepublic.core.text import without_forbidden, words_of
from onepublic.dev.models import DemoMail
from onepublic.dev.seeding.people import NAMED_PEOPLE, PASSWORD, window_email

FOUND = 20


@login_not_required
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """Everybody to try the portal as, one click away; window accounts by organization."""
    query = words_of(request.GET.get("q", ""))
    organizations = {
        one.code: one
        for one in Organization.objects.filter(code__in={p.organization for p in NAMED_PEOPLE})
    }
    found = Organization.objects.named_like(query).order_by("code")
    context = {
        "people": [(person, organizations.get(person.organization)) for person in NAMED_PEOPLE],
        "password": PASSWORD,
        "query": query,
        "windows": [(one, window_email(one.code)) for one in found[:FOUND]],
    }
    return render(request, "demo/accounts.html", context)


@login_not_required
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as a demo account and open the page that it is there to try."""
    email = without_forbidden(request.POST.get("email", ""))
    user = get_object_or_404(User.objects.filter(is_demo=True, is_active=True), email=email)
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = next((person.page for person in NAMED_PEOPLE if person.email == email), "home")
    return redirect(reverse(page))


@login_not_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """What would have gone out by mail, newest first; one person's with ``?to=``."""
    recipient = request.GET.get("to", "").strip()
    mails = DemoMail.objects.all()
    if recipient:
        mails = mails.filter(recipient__icontains=recipient)
    page = newest_first(mails, cursor=request.GET.get("cursor", ""))
    context = {"page": page, "recipient": recipient, "total": mails.count()}
    return render(request, "demo/outbox.html", context)


@login_not_required
@require_safe
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One message as its recipient would read it."""
    return render(request, "demo/mail.html", {"mail": get_object_or_404(DemoMail, pk=pk)})
