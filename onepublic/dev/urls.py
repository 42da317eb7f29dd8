"""Addresses that exist in demo and tests only."""

from django.urls import URLPattern

app_name = "demo"

urlpatterns: list[URLPattern] = []
