"""The page of the address, and what is read by programs."""

from django.urls import path

from onepublic.feeds.views import due, issuing, notices, page, revocation

app_name = "feeds"

urlpatterns = [
    path("", page, name="page"),
    path("issuing/", issuing, name="issuing"),
    path("revocation/", revocation, name="revocation"),
    path("<slug:token>/notices.atom", notices, name="notices"),
    path("<slug:token>/due.ics", due, name="due"),
]
