from importlib import import_module

from django.apps import AppConfig

_ROOMS_OF_MAIL = (
    "mail",
    "correspondence",
    "letters",
    "exchange_mail",
    "part_mail",
    "prefecture_mail",
    "reminder_mail",
    "compilation_mail",
)


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = "調査"

    def ready(self) -> None:
        """Register the mail renderers; their models can be imported only now."""
        for room in _ROOMS_OF_MAIL:
            import_module(f"surveys.{room}")
