"""Addresses that exist in demo and tests only."""

from django.urls import URLPattern, path

from onepublic.dev.styleguide import styleguide

app_name = "demo"

urlpatterns: list[URLPattern] = [
    path("styleguide/", styleguide, name="styleguide"),
]
