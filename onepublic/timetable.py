"""What beat starts, and when: Celery's schedule of this project, in Japanese time."""

from typing import Any, Final

from celery.schedules import crontab

SWEEPS: Final = {
    "close-due-surveys": "surveys.schedule.close_due",
    "deliver-due-mail": "onepublic.mail.tasks.deliver_due",
    "index-missing-notices": "notices.schedule.index_missing",
    "match-saved-searches": "notices.search.tasks.match_saved_searches",
    "open-due-surveys": "surveys.schedule.open_due",
    "publish-due-notices": "notices.schedule.publish_due",
    "read-due-texts": "notices.search.tasks.read_due_texts",
    "run-due-compilations": "surveys.tasks.run_due_compilations",
    "scan-due-files": "onepublic.files.tasks.scan_due_files",
}
"""Every few seconds, for whatever a lost message left."""

BY_THE_CLOCK: Final = {
    "mark-notices-in-force": ("notices.schedule.mark_standing", crontab(hour="0", minute="1")),
    # what begins today begins at midnight
    "refresh-notices-in-force": (
        "notices.search.tasks.refresh_notices_in_force",
        crontab(minute="1"),
    ),
    # again each hour: one may be missed
    "remind-of-due-dates": ("notices.schedule.remind", crontab(hour="7-18", minute="30")),
    "remind-of-surveys": ("surveys.schedule.remind", crontab(hour="8-18", minute="15")),
    "remove-old-compilations": (
        "surveys.schedule.remove_old_compilations",
        crontab(hour="3", minute="0"),
    ),
    # the master may be loaded at any hour
    "succeed-ended-organizations": ("surveys.schedule.succeed", crontab(minute="5")),
    "sweep-files": ("onepublic.files.tasks.sweep_files", crontab(hour="3", minute="30")),
}


def timetable(*, sweep_seconds: float) -> dict[str, dict[str, Any]]:
    """Celery's CELERY_BEAT_SCHEDULE, in which sweeps run every ``sweep_seconds``.

    A sweep that waited so long in the queue that the next one is due is dropped.
    """
    sweep = {"schedule": sweep_seconds, "options": {"expires": sweep_seconds}}
    sweeps = {name: {"task": task, **sweep} for name, task in SWEEPS.items()}
    timed = {name: {"task": task, "schedule": at} for name, (task, at) in BY_THE_CLOCK.items()}
    return {**sweeps, **timed}
