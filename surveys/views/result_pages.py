"""What every page of results shows: a section of them beside chosen groups; and the files."""

from collections.abc import Mapping
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, Http404

from onepublic.files.names import clean_name
from surveys.models import Release
from surveys.results.books import MEDIA_TYPES, write_results
from surveys.results.comparing import compared, places
from surveys.results.frozen import Head, ReleasedSection
from surveys.results.owning import Own
from surveys.results.reading import head_of, section_of, sections_of


def page_of(release: Release, query: Mapping[str, str], own: Own | None = None) -> dict[str, Any]:
    """The context of ``surveys/results/figures.html`` for the section and groups of the query; the
    person's own kind and prefecture unless it names others. One query.
    """
    head = head_of(release)
    section_id = _section_id(head, query.get("section", ""))
    return {
        "release": release,
        "survey": release.survey,
        **shown(head, section_of(release, section_id), query, own),
    }


def shown(
    head: Head, section: ReleasedSection, query: Mapping[str, str], own: Own | None
) -> dict[str, Any]:
    """The same of figures that are at hand."""
    place = own.organization if own else None
    kind = query.get("kind", str(place.get_kind_display()) if place else "")
    prefecture = query.get("prefecture", place.prefecture_name if place else "")
    beside = places(head, kind, prefecture)
    return {
        "head": head,
        "section": section,
        "neighbours": _neighbours(head, section.id),
        "questions": list(compared(section, beside, own)),
        "places": beside,
        "own": own,
        "kind": kind,
        "prefecture": prefecture,
        "bounds": (head.smallest, 2 * head.smallest, 4 * head.smallest),
    }


def _section_id(head: Head, wanted: str) -> str:
    """The section that the address names, else the first."""
    ids = [key for key, _ in head.sections]
    return wanted if wanted in ids else ids[0]


def _neighbours(head: Head, section_id: str) -> dict[str, tuple[str, str] | None]:
    """Id and title of the sections before and after it."""
    at = [key for key, _ in head.sections].index(section_id)
    after = head.sections[at + 1] if at + 1 < len(head.sections) else None
    return {"before": head.sections[at - 1] if at else None, "after": after}


def file_of(release: Release, ending: str) -> FileResponse:
    """All figures of the release as a file; 404 for an ending that is not made."""
    if ending not in MEDIA_TYPES:
        raise Http404
    target = TemporaryFile()  # noqa: SIM115 - closed with the response
    write_results(target, ending, release, head_of(release), sections_of(release))
    target.seek(0)
    name = clean_name(f"{release.survey.title}_結果.{ending}")
    return FileResponse(target, as_attachment=True, filename=name, content_type=MEDIA_TYPES[ending])
