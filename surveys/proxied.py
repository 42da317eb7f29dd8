"""Which values of a submission a prefecture wrote by proxy, and under which consent."""

from datetime import datetime

from django.db import connection

from surveys.models import ProxyEntry, Submission
from surveys.states import Origin

_LAST_WRITTEN = """
SELECT field FROM (
    SELECT DISTINCT ON (field) field, origin FROM (
        SELECT field, revision, origin, updated_at FROM surveys_answer
        WHERE assignment_id = %(assignment)s
        UNION ALL
        SELECT field, revision, origin, updated_at FROM surveys_pastanswer
        WHERE assignment_id = %(assignment)s
    ) written
    WHERE updated_at <= %(moment)s
    ORDER BY field, revision DESC
) last WHERE origin = %(proxy)s
"""


def proxies_before(submission: Submission) -> list[ProxyEntry]:
    """The consents given until it was handed in, the last one first; one query."""
    entries = ProxyEntry.objects.filter(
        assignment=submission.assignment_id, begun_at__lte=submission.submitted_at
    )
    return list(entries.select_related("prefecture", "begun_by").order_by("-pk"))


def proxied_fields(submission: Submission) -> set[str]:
    """The keys of the fields whose value, when it was handed in, came from a prefecture."""
    facts: dict[str, int | datetime | str] = {
        "assignment": submission.assignment_id,
        "moment": submission.submitted_at,
        "proxy": str(Origin.PROXY),
    }
    with connection.cursor() as cursor:
        cursor.execute(_LAST_WRITTEN, facts)
        return {field for (field,) in cursor.fetchall()}
