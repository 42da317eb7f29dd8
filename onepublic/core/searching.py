"""Searching as a reader reads: width, case and kanji variants make no difference."""

from typing import Any, TypeVar

from django.db.models import F, Func, Q, QuerySet, TextField, Value

from onepublic.core.text import VARIANTS

Rows = TypeVar("Rows", bound=QuerySet[Any])


def holding(rows: Rows, words: str, *columns: str) -> Rows:
    """Rows of which each word stands in one of the columns; all rows for no words.

    ``words`` come from :func:`onepublic.core.text.words_of`.
    """
    texts = {f"folded_{place}": folded(column) for place, column in enumerate(columns)}
    wanted = Q()
    for word in words.split():
        places = Q()
        for name in texts:
            places |= Q(**{f"{name}__icontains": word})
        wanted &= places
    return rows.alias(**texts).filter(wanted) if wanted else rows


def folded(column: str) -> Func:
    """The column as :func:`onepublic.core.text.fold` would give it, but for the case."""
    narrow = Func(F(column), template="NORMALIZE(%(expressions)s, NFKC)", output_field=TextField())
    printed, typed = Value("".join(VARIANTS)), Value("".join(VARIANTS.values()))
    return Func(narrow, printed, typed, function="TRANSLATE", output_field=TextField())
