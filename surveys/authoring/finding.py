"""Finding the parts of a document by their ids."""

from collections.abc import Iterator
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
_LONGEST_NAME = 40


class StepRefused(ValueError):
    """A step that can't be made; ``str(error)`` is a Japanese sentence that says why."""


def find_section(document: Json, section_id: str) -> Json:
    """Return the section; raise StepRefused when it is gone."""
    return _named(document["sections"], section_id, "節")


def find_rule(document: Json, rule_id: str) -> Json:
    """Return the rule; raise StepRefused when it is gone."""
    return _named(document.get("rules", []), rule_id, "規則")


def find_question(document: Json, question_id: str) -> tuple[Json, Json]:
    """Return the section and the question; raise StepRefused when it is gone."""
    for section in document["sections"]:
        for question in section["questions"]:
            if question["id"] == question_id:
                return section, question
    raise StepRefused("この設問は、既に削除されています。")


def all_questions(document: Json) -> Iterator[Json]:
    """Yield the questions in order."""
    for section in document["sections"]:
        yield from section["questions"]


def images_of(document: Json) -> set[str]:
    """Return the ids of the files that the questions show as images."""
    return {q["file"] for q in all_questions(document) if q["type"] == "image"}


def questions_before(document: Json, place: str) -> list[Json]:
    """Return the questions before a question or before the first question of a section: those
    that its condition may read. All of them where there is no such place.
    """
    found: list[Json] = []
    for section in document["sections"]:
        if section["id"] == place:
            return found
        for question in section["questions"]:
            if question["id"] == place:
                return found
            found.append(question)
    return found


def part_of(document: Json, kind: str, part_id: str) -> Json | None:
    """Return a ``section`` (without its questions), ``question`` or ``rule``; None when gone."""
    try:
        if kind == "section":
            section = find_section(document, part_id)
            return {key: value for key, value in section.items() if key != "questions"}
        if kind == "rule":
            return find_rule(document, part_id)
        return find_question(document, part_id)[1]
    except StepRefused:
        return None


def short(part: Json) -> str:
    """The words by which a section, a question or a rule is named in a sentence, in brackets."""
    words = " ".join(str(_words(part)).split())
    cut = words if len(words) <= _LONGEST_NAME else f"{words[: _LONGEST_NAME - 1]}…"
    return f"「{cut}」"


def _words(part: Json) -> object:
    for key in ("label", "title", "message", "text", "alt"):
        if part.get(key):
            return part[key]
    return part["id"]


def _named(parts: list[Json], part_id: str, what: str) -> Json:
    for part in parts:
        if part["id"] == part_id:
            return part
    raise StepRefused(f"この{what}は、既に削除されています。")
