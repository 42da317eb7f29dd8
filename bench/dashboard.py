"""The pages of a survey of 1,788 × 300 that others follow: database time of what they ask; and
600 submissions in a minute while compilations are made.
"""

from collections.abc import Callable
from functools import partial

from django.test import Client

from accounts.models import User
from bench.database import scratch_database, server_clock
from bench.followed import ORGANIZATIONS, Followed, survey_before_its_deadline
from bench.handing_in import hand_in_within_a_minute
from bench.inbox import database_time
from bench.measurement import Measurement, within
from surveys.models import Assignment

_BENCH = "dashboard"
_OFFICERS = 600
_ALLOWED_MS = 20
_NUMBER = "s0-staff"  # a question of the large questionnaire


def run(size: int = ORGANIZATIONS) -> list[Measurement]:
    """Every query of each page counts, those of the frame around it too."""
    with scratch_database():
        followed = survey_before_its_deadline(min(_OFFICERS, size), size)
        clock, unit = server_clock()
        rows = Assignment.objects.filter(survey=followed.survey).count()
        pages = [
            within(
                _BENCH,
                f"{name}; {rows:,} × 300",
                database_time(work, clock),
                unit,
                allowed=_ALLOWED_MS,
            )
            for name, work in pages_of(followed).items()
        ]
        return [*pages, *hand_in_within_a_minute(followed)]


def pages_of(followed: Followed) -> dict[str, Callable[[], object]]:
    """What opens each page, by its name."""
    page = f"/surveys/managed/{followed.survey.pk}/"
    return {
        "dashboard, ministry": _opening(followed.drafter, page),
        "dashboard, prefecture": _opening(followed.prefecture, page),
        "list, first page": _opening(followed.drafter, f"{page}organizations/"),
        "list, overdue by activity": _opening(
            followed.drafter, f"{page}organizations/?overdue=1&sort=-active_at"
        ),
        "analysis, one question by prefecture": _opening(
            followed.drafter, f"{page}analysis/?question={_NUMBER}&by=prefecture"
        ),
        "surveys with their counts": _opening(followed.drafter, "/surveys/managed/"),
    }


def _opening(user: User, address: str) -> Callable[[], object]:
    client = Client()
    client.force_login(user)
    return partial(_open, client, address)


def _open(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} {response.status_code}")
