from django.conf import settings

from onepublic.celery import app


def test_every_beat_entry_names_a_task_that_the_worker_knows() -> None:
    app.loader.import_default_modules()

    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert named - set(app.tasks) == set()
    assert "notices.schedule.publish_due" in named
