"""The page on which a person says how their mail is to come."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from onepublic.core.requests import Request
from onepublic.mail.models import MailPreference
from onepublic.mail.preferences import set_preference
from onepublic.notifications.forms import MailForm


@require_http_methods(["GET", "HEAD", "POST"])
def mail_settings(request: Request) -> HttpResponse:
    """The person's own wish; a POST sets the whole of it."""
    preference = MailPreference.objects.filter(user=request.user).first()
    form = MailForm.showing(request.POST if request.method == "POST" else None, preference)
    if form.is_valid():
        set_preference(
            request.user,
            hours=form.chosen_hours(),
            business_days_only=form.cleaned_data["business_days_only"],
        )
        messages.success(request, "メールの受取り方を保存しました。")
        return redirect("mail_settings")
    return render(request, "mail_settings.html", {"form": form})
