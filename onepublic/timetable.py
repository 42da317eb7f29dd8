"""What beat starts, and when: Celery's schedule of this project, in Japanese time."""

from typing import Any

from celery.schedules import crontab


def timetable(*, sweep_seconds: float) -> dict[str, dict[str, Any]]:
    """Celery's CELERY_BEAT_SCHEDULE, in which sweeps run every ``sweep_seconds``.

    A sweep that waited so long in the queue that the next one is due is dropped.
    """
    sweep = {"schedule": sweep_seconds, "options": {"expires": sweep_seconds}}
    return {
        "close-due-surveys": {"task": "surveys.schedule.close_due", **sweep},
        "deliver-due-mail": {"task": "onepublic.mail.tasks.deliver_due", **sweep},
        "index-missing-notices": {"task": "notices.schedule.index_missing", **sweep},
        "mark-notices-in-force": {
            "task": "notices.schedule.mark_standing",
            "schedule": crontab(hour="0", minute="1"),
        },
        "match-saved-searches": {"task": "notices.search.tasks.match_saved_searches", **sweep},
        "open-due-surveys": {"task": "surveys.schedule.open_due", **sweep},
        "publish-due-notices": {"task": "notices.schedule.publish_due", **sweep},
        "read-due-texts": {"task": "notices.search.tasks.read_due_texts", **sweep},
        "refresh-notices-in-force": {
            "task": "notices.search.tasks.refresh_notices_in_force",
            "schedule": crontab(minute="1"),  # what begins today begins at midnight
        },
        "remind-of-due-dates": {
            "task": "notices.schedule.remind",
            "schedule": crontab(hour="7-18", minute="30"),  # again each hour: one may be missed
        },
        "remind-of-surveys": {
            "task": "surveys.schedule.remind",
            "schedule": crontab(hour="8-18", minute="15"),  # again each hour: one may be missed
        },
        "remove-old-compilations": {
            "task": "surveys.schedule.remove_old_compilations",
            "schedule": crontab(hour="3", minute="0"),
        },
        "run-due-compilations": {"task": "surveys.tasks.run_due_compilations", **sweep},
        "scan-due-files": {"task": "onepublic.files.tasks.scan_due_files", **sweep},
        "succeed-ended-organizations": {
            "task": "surveys.schedule.succeed",
            "schedule": crontab(minute="5"),  # the master may be loaded at any hour
        },
        "sweep-files": {
            "task": "onepublic.files.tasks.sweep_files",
            "schedule": crontab(hour="3", minute="30"),
        },
    }
