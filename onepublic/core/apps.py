from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "onepublic.core"
    verbose_name = "共通"
