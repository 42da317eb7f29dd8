"""What a form makes is made once, however often the form arrives.

A button is pressed twice, a page saves itself beside its button, a browser repeats what it got no
answer to. Each brings the key that was drawn when the page was made (``forms.KeyedForm``); the row
keeps it under a unique index, so that of two requests at once the second waits, and finds the row.
"""

from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from onepublic.core.errors import demand


class MadeOnce(models.Model):
    """A row with ``draft_key``, that of the form which made it, and ``created_by``, a person."""

    created_by_id: int
    draft_key = models.UUIDField("起案の控え番号", unique=True, null=True, editable=False)

    class Meta:
        abstract = True


Row = TypeVar("Row", bound=MadeOnce)


def make_once(rows: "models.QuerySet[Row]", *, key: UUID | None, **values: Any) -> tuple[Row, bool]:
    """The row that the form with this key makes, and whether it was made now; a new one without
    a key. ``values`` are the new row's, ``created_by`` among them.

    Raises PermissionDenied for the key of another person's form. Call it in a transaction.
    """
    if key is None:
        return rows.create(**values), True
    row, made = rows.get_or_create(draft_key=key, defaults=values)
    demand(row.created_by_id == values["created_by"].pk)
    return row, made
