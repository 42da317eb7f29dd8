"""The previous round of organizations that were merged since: side by side, never as one value."""

from collections.abc import Iterator
from dataclasses import dataclass

from surveys.carrying import fields_of_both
from surveys.parts import section_of
from surveys.questionnaire import Field, Section, is_blank
from surveys.responses import Response
from surveys.views.marks import input_id
from surveys.views.showing import shown


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a section's page says of the last round at one question: its answer in words (of a
    question with one field), and how many fields hold a value that nobody confirmed.
    """

    text: str
    unconfirmed: int


@dataclass(frozen=True, slots=True)
class Beside:
    """One field of this round, the id of its input, and what each had answered: name and words."""

    label: str
    anchor: str
    now: str
    before: list[tuple[str, str]]


def merged_answers(response: Response, section: Section) -> dict[str, Earlier]:
    """By question of the section with one field, ``Ａ町 10人、Ｂ村 5人``."""
    common = frozenset(field.key for field in _common(response))
    found: dict[str, Earlier] = {}
    for question in section.questions:
        fields = response.questionnaire.fields_of(question.id)
        if question.carry_over and len(fields) == 1 and fields[0].key in common:
            text = "、".join(_said(response, fields[0]))
            found |= {question.id: Earlier(text, 0)} if text else {}
    return found


def side_by_side(response: Response) -> list[tuple[Section, list[Beside]]]:
    """Every visible field of which at least one organization had said something, by section."""
    lines: dict[str, list[Beside]] = {}
    for field in _common(response):
        visible = field.key in response.evaluation.visible_fields
        said = [(name, shown(field, value)) for name, value in _values(response, field)]
        if visible and any(words for _, words in said):
            held = response.answers.get(field.key)
            now = shown(field, held.value) if held else ""
            section = section_of(response.questionnaire, field.key)
            lines.setdefault(section, []).append(Beside(field.label, input_id(field), now, said))
    return [(one, lines[one.id]) for one in response.questionnaire.sections if one.id in lines]


def _common(response: Response) -> tuple[Field, ...]:
    return fields_of_both(response.assignment, response.questionnaire)


def _values(response: Response, field: Field) -> Iterator[tuple[str, object]]:
    for before in response.merged:
        yield before.name, before.values.get(field.key) if before.values else None


def _said(response: Response, field: Field) -> Iterator[str]:
    for name, value in _values(response, field):
        if not is_blank(value):
            yield f"{name} {shown(field, value)}"
