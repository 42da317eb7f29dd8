"""Addresses of released results: of those who may see them, of the division, of anybody."""

from django.urls import path

from surveys.views import releases, results

urlpatterns = [
    path("results/", results.released, name="released"),
    path("results/<int:survey_id>/", results.results, name="results"),
    path("results/<int:survey_id>/figures.<str:ending>", results.results_file, name="results_file"),
    path("open/results/<uuid:key>/", results.open_results, name="open_results"),
    path(
        "open/results/<uuid:key>/figures.<str:ending>",
        results.open_results_file,
        name="open_results_file",
    ),
    path("managed/<int:survey_id>/release/", releases.releases, name="releases"),
    path("managed/<int:survey_id>/release/new/", releases.release_new, name="release_new"),
    path(
        "managed/<int:survey_id>/release/preview/",
        releases.release_preview,
        name="release_preview",
    ),
    path(
        "managed/<int:survey_id>/release/publication/",
        releases.release_publication,
        name="release_publication",
    ),
    path(
        "managed/<int:survey_id>/release/<int:number>/ending/",
        releases.release_ending,
        name="release_ending",
    ),
]
