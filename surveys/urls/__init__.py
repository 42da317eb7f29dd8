"""Addresses of surveys, one file for each side."""

from surveys.urls import answering, building, managing, results

app_name = "surveys"

urlpatterns = [
    *answering.urlpatterns,
    *building.urlpatterns,
    *managing.urlpatterns,
    *results.urlpatterns,
]
