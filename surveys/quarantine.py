"""What holds a complete response back all the same: files that nobody may open yet."""

from onepublic.files.models import StoredFile
from onepublic.files.states import ScanState
from surveys.models import Answer, Assignment

_HELD: dict[str, str] = {
    ScanState.WAITING: "添付「{}」のウイルス検査が終わるまで、提出できません。",
    ScanState.INFECTED: "添付「{}」からウイルスが検出されました。外すまで、提出できません。",
    ScanState.FAILED: "添付「{}」は、ウイルス検査ができません。外すまで、提出できません。",
}


def what_is_held(assignment: Assignment, fields: frozenset[str] | set[str]) -> list[str]:
    """Sentences on files in quarantine among the answers to ``fields``, those that are asked."""
    owners = Answer.objects.filter(assignment=assignment, field__in=fields, files__isnull=False)
    held = StoredFile.objects.held().filter(pk__in=owners.values("files"))
    return [_HELD[stored.scan_state].format(stored) for stored in held.order_by("pk")]
