"""Who has a response open at this moment, for a few seconds after the last sign of life.

Kept in the cache: what is lost there comes back with the next sign. Pages give one every
:data:`BEAT` seconds, so that what is shown is never wrong for more than :data:`LASTS` and a beat.
"""

import time
from typing import NamedTuple

from django.core.cache import cache

from accounts.models import User

BEAT = 8
LASTS = 20


class Present(NamedTuple):
    """A person, the section that they have open ("" for the list of tasks), and since when."""

    name: str
    section_id: str
    seen: float


def arrive(assignment_id: int, user: User, section_id: str) -> list[Present]:
    """Note that the person is there; return the others, in the order of their names."""
    there = _there(assignment_id)
    there[user.pk] = Present(user.name, section_id, time.time())
    cache.set(_key(assignment_id), there, timeout=LASTS)
    return sorted(present for pk, present in there.items() if pk != user.pk)


def leave(assignment_id: int, user: User) -> None:
    """Note that the person has closed or hidden the page."""
    there = _there(assignment_id)
    if there.pop(user.pk, None):
        cache.set(_key(assignment_id), there, timeout=LASTS)


def _there(assignment_id: int) -> dict[int, Present]:
    limit = time.time() - LASTS
    found: dict[int, Present] = cache.get(_key(assignment_id), {})
    return {pk: present for pk, present in found.items() if present.seen >= limit}


def _key(assignment_id: int) -> str:
    return f"presence:{assignment_id}"
