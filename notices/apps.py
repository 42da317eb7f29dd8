from importlib import import_module

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = "通知"

    def ready(self) -> None:
        """Load the mail's renderer, which registers itself; models exist only from now on."""
        import_module("notices.mail")
