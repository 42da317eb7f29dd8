"""What was released, as far as a page needs it."""

from collections.abc import Iterator

from django.db.models.fields.json import KeyTransform

from surveys.models import Release
from surveys.results.frozen import (
    Head,
    ReleasedSection,
    head_from_json,
    section_from_json,
    section_key,
)


def head_of(release: Release) -> Head:
    """The head of a release that was loaded by ``light()``; no query."""
    return head_from_json(getattr(release, "head"))  # noqa: B009 - annotated


def section_of(release: Release, section_id: str) -> ReleasedSection:
    """One section: one query, which reads no other. Raises DoesNotExist without such a section."""
    path = KeyTransform(section_key(section_id), KeyTransform("sections", "figures"))
    rows = Release.objects.filter(pk=release.pk).annotate(part=path).filter(part__isnull=False)
    return section_from_json(rows.values_list("part", flat=True).get())


def sections_of(release: Release) -> Iterator[ReleasedSection]:
    """All of them, in the order of the questionnaire; one query for each."""
    for section_id, _ in head_of(release).sections:
        yield section_of(release, section_id)
