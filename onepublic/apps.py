"""Loads the Celery application with Django, so that every process enqueues to the same broker."""

from django.apps import AppConfig

from onepublic.celery import app as celery_app

__all__ = ["PortalConfig", "celery_app"]


class PortalConfig(AppConfig):
    name = "onepublic"
    label = "portal"
    verbose_name = "OnePublic"
