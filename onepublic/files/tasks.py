"""The worker's part: a nightly sweep, started by beat."""

from celery import shared_task

from onepublic.files.sweeping import sweep


@shared_task
def sweep_files() -> None:
    """Remove stored files that nothing owns. Safe to run twice."""
    sweep()
