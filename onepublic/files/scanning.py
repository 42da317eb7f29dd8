"""Searching stored files for viruses: what a worker does, and what becomes of the file."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from onepublic.audit.models import record
from onepublic.files.clamav import ScannerAway, ScanRefused, scan
from onepublic.files.models import StoredFile
from onepublic.files.states import ScanState

log = logging.getLogger(__name__)
MOST_REFUSALS = 3
SHORTEST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=10)
TOO_LARGE = "size limit exceeded"


def scan_due() -> int:
    """Scan what is due, until nothing is or the scanner is away; return how many got a verdict.

    Without a scanner, files that waited for one are released as not scanned. Safe to run twice
    and at the same time; a worker that dies leaves a lease that runs out.
    """
    if not settings.CLAMAV_URL:
        StoredFile.objects.filter(scan_state=ScanState.WAITING).update(
            scan_state=ScanState.NOT_SCANNED
        )
        return 0
    count = 0
    while (stored := StoredFile.objects.claim()) and _examine(stored):
        count += 1
    return count


def _examine(stored: StoredFile) -> bool:
    """False when the scanner is away, so that asking it about another file is of no use."""
    try:
        with stored.open() as content:
            signature = scan(content, url=settings.CLAMAV_URL, seconds=settings.CLAMAV_TIMEOUT)  # type: ignore[arg-type] # a File reads like a binary stream
    except ScannerAway as error:
        log.warning("the virus scanner is away: %s", error)
        _later(stored, str(error))
        return False
    except FileNotFoundError:
        _fail(stored, "保存場所にファイルがありません。")
    except ScanRefused as error:
        _refused(stored, str(error))
    else:
        judge(stored, signature[:200])
    return True


def judge(stored: StoredFile, signature: str) -> None:
    """Write down the scanner's verdict, unless another worker has claimed the file since."""
    state = ScanState.INFECTED if signature else ScanState.CLEAN
    verdict = {"scan_state": state, "scan_signature": signature, "scan_error": ""}
    with transaction.atomic():
        if not _settle(stored, **verdict, scanned_at=Now(), scan_due_at=None):
            return
        if signature:
            log.warning("file %s is infected: %s", stored.pk, signature)
            if stored.created_by:
                facts = {"file": str(stored.pk), "name": stored.name, "signature": signature}
                record("file.infected", stored.created_by, by=None, **facts)


def _refused(stored: StoredFile, answer: str) -> None:
    """Too large is final at once; anything else is tried again a few times."""
    if TOO_LARGE in answer:
        _fail(stored, "検査できる大きさを超えています。")
    elif stored.scan_attempts >= MOST_REFUSALS:
        _fail(stored, answer)
    else:
        _later(stored, answer)


def _fail(stored: StoredFile, reason: str) -> None:
    """What waited stays in quarantine; what was served before the scanner came is served on."""
    log.error("file %s can't be scanned: %s", stored.pk, reason)
    waited = stored.scan_state == ScanState.WAITING
    state = ScanState.FAILED if waited else ScanState.NOT_SCANNED
    _settle(stored, scan_state=state, scan_error=reason[:200], scan_due_at=None)


def _later(stored: StoredFile, reason: str) -> None:
    """Again after 30 seconds, 1, 2, 4, 8 and then every 10 minutes."""
    doubled = SHORTEST_WAIT * 2 ** min(stored.scan_attempts - 1, 10)
    wait = min(doubled, LONGEST_WAIT)
    _settle(stored, scan_error=reason[:200], scan_due_at=Now() + wait)


def _settle(stored: StoredFile, **values: object) -> int:
    held = StoredFile.objects.filter(
        pk=stored.pk, scan_state=stored.scan_state, scan_attempts=stored.scan_attempts
    )
    return held.update(**values)
