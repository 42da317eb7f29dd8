"""Compilations as tests make them: asked for, made at once, read back."""

from typing import Any

from openpyxl import load_workbook

from surveys.actions import request_compilation
from surveys.models import Compilation, Survey
from surveys.tasks import run_compilation


def compiled(survey: Survey, **options: Any) -> Compilation:
    """A finished compilation, asked for by who made the survey."""
    compilation = request_compilation(survey, by=survey.created_by, **options)
    run_compilation(compilation_id=compilation.pk)
    return Compilation.objects.select_related("file").get(pk=compilation.pk)


def book_of(compilation: Compilation) -> Any:
    """The workbook as openpyxl reads it, whose stubs make every step optional."""
    assert compilation.file is not None
    with compilation.file.open() as stream:
        return load_workbook(stream)


def rows_of(compilation: Compilation, title: str) -> list[dict[str, Any]]:
    """The rows of a table below its two header rows, by the ids of their columns."""
    ids, _, *rows = book_of(compilation)[title].values
    return [dict(zip(ids, row, strict=True)) for row in rows]
