from importlib import import_module

from django.apps import AppConfig

_THEMES_OF_MAIL = (
    "approval",
    "compilations",
    "course",
    "exchange",
    "opening",
    "parts",
    "prefectures",
    "releases",
    "reminders",
)


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = "調査"

    def ready(self) -> None:
        """Register the mail renderers; their models can be imported only now."""
        for theme in _THEMES_OF_MAIL:
            import_module(f"surveys.mail.{theme}")
