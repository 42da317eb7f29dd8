from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "機関と利用者"

    def ready(self) -> None:
        """Register the mail renderer; its models can be imported only now."""
        import_module("accounts.mail")
