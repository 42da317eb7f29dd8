"""Addresses of surveys, one file for each side."""

from surveys.urls import answering, building, managing

app_name = "surveys"

urlpatterns = [*answering.urlpatterns, *building.urlpatterns, *managing.urlpatterns]
