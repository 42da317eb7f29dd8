"""A response in words beside what it said before: in the last round, or before it was mended."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from surveys.questionnaire import Section
from surveys.responses import Response
from surveys.views.showing import shown
from surveys.views.summary import Line

OTHER_BEFORE: Final = "変わった値があります。「これまでの提出」の控えで見られます。"


def with_earlier(
    response: Response, sections: list[tuple[Section, list[Line]]]
) -> list[tuple[Section, list[Line]]]:
    """The same with what was answered in the last round, at plain questions where it differs."""
    earlier = response.previous
    if earlier is None:
        return sections
    return [(section, [_beside(line, earlier) for line in lines]) for section, lines in sections]


def with_former(
    response: Response,
    sections: list[tuple[Section, list[Line]]],
    former: Mapping[str, object],
) -> list[tuple[Section, list[Line]]]:
    """The same with what the response said when it was handed in before (its values by field
    key), at every question where that was something else.
    """
    return [
        (section, [_mended(line, response.values, former) for line in lines])
        for section, lines in sections
    ]


def _mended(line: Line, now: Mapping[str, object], former: Mapping[str, object]) -> Line:
    changed = [f for f in line.question_fields if now.get(f.key) != former.get(f.key)]
    if not changed:
        return line
    field = next((f for f in changed if f.key == line.question.id), None)
    is_plain = field is not None and line.question.type != "file"
    then = shown(field, former.get(field.key)) if field and is_plain else OTHER_BEFORE
    return replace(line, notes=[*line.notes, ("直す前", then)])


def _beside(line: Line, earlier: Mapping[str, object]) -> Line:
    if line.rows or line.files or line.question.id not in earlier:
        return line
    field = next((f for f in line.question_fields if f.key == line.question.id), None)
    then = shown(field, earlier[line.question.id]) if field else line.text
    return line if then == line.text else replace(line, notes=[*line.notes, ("前回", then)])
