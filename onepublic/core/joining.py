"""Rows of several tables as instances of their models, by statements that are written by hand.

For what each request or each save asks: to have the models put that SQL together would cost more
than asking the database. Columns that are left out load when somebody reads them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import JSONField, Model


@dataclass(frozen=True)
class Joined:
    """Tables by their alias in the statement, each with its model and the attributes to read; no
    attributes stand for all but JSON. ``rest`` is what follows the columns: ``FROM …``.

    ``more``: further columns in front of it, which come behind the instances.
    """

    tables: Sequence[tuple[str, type[Model], tuple[str, ...]]]
    rest: str
    more: str = ""

    def rows(self, parameters: Sequence[Any]) -> list[tuple[list[Any], tuple[Any, ...]]]:
        """For each row its instances, None for a table that joined nothing, and the further
        columns. One query.
        """
        with connection.cursor() as cursor:
            cursor.execute(self._statement, parameters)
            return [self._split(row) for row in cursor.fetchall()]

    @cached_property
    def _names(self) -> list[tuple[type[Model], tuple[str, ...]]]:
        return [(model, _in_order(model, names)) for _, model, names in self.tables]

    @cached_property
    def _statement(self) -> str:
        aliases = [alias for alias, _, _ in self.tables]
        columns = [
            f"{alias}.{connection.ops.quote_name(name)}"
            for alias, (_, names) in zip(aliases, self._names, strict=True)
            for name in names
        ]
        more = [self.more] if self.more else []
        return f"SELECT {', '.join(columns + more)} {self.rest}"

    def _split(self, row: tuple[Any, ...]) -> tuple[list[Any], tuple[Any, ...]]:
        found: list[Any] = []
        start = 0
        for model, names in self._names:
            values = row[start : start + len(names)]
            found.append(model.from_db(connection.alias, names, values) if values[0] else None)
            start += len(names)
        return found, row[start:]


def partly(model: type[Model], **columns: Any) -> Any:
    """An instance of which some columns are known; the others load when somebody reads them."""
    names = _in_order(model, tuple(columns))
    return model.from_db(connection.alias, names, [columns[name] for name in names])


def _in_order(model: type[Model], names: tuple[str, ...]) -> tuple[str, ...]:
    """The attributes in the order of the model, which is the one in which it takes values."""
    fields = model._meta.concrete_fields
    if names:
        return tuple(field.attname for field in fields if field.attname in names)
    return tuple(field.attname for field in fields if not isinstance(field, JSONField))
