"""The Celery application. A message is only a hint: PostgreSQL is the truth (ADR 0001)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onepublic.settings")

app = Celery("onepublic")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="schedule")
