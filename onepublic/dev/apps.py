from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "onepublic.dev"
    label = "demo"
    verbose_name = "デモ"
