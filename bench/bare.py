"""The least that a save can be: a view that writes one row, among the portal's addresses."""

import json

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from surveys.models import Answer

ADDRESS = "/bench/bare/"


@require_POST
def write_one_row(request: HttpRequest) -> JsonResponse:
    """Write a value into the row that the request names: signed in, in a transaction, no more."""
    sent = json.loads(request.body)
    with transaction.atomic():
        rows = Answer.objects.filter(pk=sent["row"]).update(
            value=sent["value"], revision=sent["revision"], updated_by=request.user.pk
        )
    return JsonResponse({"rows": rows})


urlpatterns = [path("bench/bare/", write_one_row), path("", include("onepublic.urls"))]
