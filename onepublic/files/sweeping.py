"""Taking away what nothing refers to: files that were taken out again, bytes without a row.

A transaction that is rolled back after :func:`onepublic.files.uploads.store` leaves its bytes:
no database can call them back. They cost room only, so they may wait a day; by then whatever
still writes has long ended.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.core.files.storage import Storage, storages
from django.db import transaction
from django.db.models import Exists, ManyToOneRel, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from onepublic.files.models import StoredFile

GRACE = timedelta(days=1)


def sweep() -> int:
    """Remove rows that no notice, answer or compilation owns for GRACE, then bytes without a row;
    return how many files of bytes went. Safe to run twice and at the same time.
    """
    unowned().filter(created_at__lt=Now() - GRACE).delete()
    if not StoredFile.objects.exists():
        return 0  # more likely a database that is being restored than one that never had a file
    storage = storages["stored_files"]
    lost = [name for name in _without_row(storage) if _is_old(storage, name)]
    for name in lost:
        storage.delete(name)
    return len(lost)


def discard(file: StoredFile) -> None:
    """Take away a file that nothing points to any more: its row now, its bytes at the commit."""
    file.delete()
    transaction.on_commit(lambda: storages["stored_files"].delete(file.key), robust=True)


def unowned() -> "QuerySet[StoredFile]":
    """Files to which no foreign key of any app points."""
    files = StoredFile.objects.all()
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            owners = relation.field.model._base_manager
            files = files.filter(~Exists(owners.filter(**{relation.field.name: OuterRef("pk")})))
    return files


def _without_row(storage: Storage) -> Iterator[str]:
    """Names in the storage, folder by folder as :func:`store` makes them."""
    folders, _ = storage.listdir("")
    for folder in folders:
        names = {f"{folder}/{name}" for name in storage.listdir(folder)[1]}
        held = StoredFile.objects.filter(key__in=names).values_list("key", flat=True)
        yield from sorted(names - set(held))


def _is_old(storage: Storage, name: str) -> bool:
    try:
        return storage.get_modified_time(name) < timezone.now() - GRACE
    except FileNotFoundError:
        return False  # another sweep was faster
