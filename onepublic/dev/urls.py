"""Addresses that exist in demo and tests only."""

from django.urls import URLPattern, path

from onepublic.dev import views
from onepublic.dev.styleguide import styleguide

app_name = "demo"

urlpatterns: list[URLPattern] = [
    path("demo/", views.accounts, name="accounts"),
    path("demo/sign-in/", views.sign_in, name="sign_in"),
    path("demo/outbox/", views.outbox, name="outbox"),
    path("demo/outbox/<int:pk>/", views.mail, name="mail"),
    path("styleguide/", styleguide, name="styleguide"),
]
