from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "onepublic.feeds"
    verbose_name = "フィード"
