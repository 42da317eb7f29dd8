"""How far the search for viruses is with a file."""

from django.db.models import TextChoices


class ScanState(TextChoices):
    """``FAILED``: the scanner answered that it can't examine this file; it stays in quarantine."""

    WAITING = "waiting", "ウイルス検査中"
    CLEAN = "clean", "ウイルス検査：済み"
    INFECTED = "infected", "ウイルスを検出"
    NOT_SCANNED = "not_scanned", "ウイルス検査：未実施"
    FAILED = "failed", "ウイルス検査ができません"


HELD = (ScanState.WAITING, ScanState.INFECTED, ScanState.FAILED)
"""In quarantine: nobody gets the bytes."""
SCANNABLE = (ScanState.WAITING, ScanState.NOT_SCANNED)
