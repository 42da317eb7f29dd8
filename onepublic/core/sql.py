"""What Django's own SQL does not say: INSERT … SELECT from a queryset, several counts at once."""

from collections.abc import Mapping
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Field, Model, QuerySet


def insert_select(
    model: type[Model],
    source: QuerySet[Any],
    columns: Mapping[str, Any],
    *,
    unless_there: bool = False,
) -> int:
    """Insert one row of ``model`` for every row of ``source``; return how many.

    ``columns`` maps a field of ``model`` to an expression over ``source`` (F, Value, Now …).
    ``unless_there`` leaves rows that already exist under a unique key as they are.
    """
    selected = source.annotate(**_prefixed(columns)).order_by().values_list(*_prefixed(columns))
    try:
        sql, params = selected.query.sql_with_params()
    except EmptyResultSet:  # the conditions contradict each other: Django asks no database
        return 0
    names = ", ".join(_column(model, name) for name in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    tail = " ON CONFLICT DO NOTHING" if unless_there else ""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) {sql}{tail}", params)
        return int(cursor.rowcount)


def counts(*sources: QuerySet[Any]) -> list[int]:
    """How many rows each of the querysets has, in one query."""
    parts: list[str] = []
    params: list[Any] = []
    for number, source in enumerate(sources):
        try:
            sql, given = source.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:  # nobody's: a person without any place
            sql, given = "SELECT 1 WHERE false", ()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS source_{number})")  # noqa: S608 - Django's SQL
        params += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return list(cursor.fetchone())


def lock_row(model: type[Model], pk: int) -> None:
    """Lock the row until the transaction ends; raises the model's DoesNotExist."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR UPDATE", [pk])  # noqa: S608 - a model's table
        if cursor.fetchone() is None:
            raise model.DoesNotExist  # type: ignore[attr-defined]


def analyze(*models: type[Model]) -> None:
    """Let the planner know at once what a bulk load brought.

    Without it a statement over the new rows may be planned for the few that were there before,
    and then take minutes (PostgreSQL manual, "Populating a Database").
    """
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")


def _column(model: type[Model], name: str) -> str:
    field = cast("Field[Any, Any]", model._meta.get_field(name))
    return connection.ops.quote_name(str(field.column))


def _prefixed(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {f"into_{name}": expression for name, expression in columns.items()}
