"""Steps on sections."""

from collections.abc import Mapping
from copy import deepcopy

from surveys.authoring.finding import Json, StepRefused, find_section, short
from surveys.authoring.ids import next_id
from surveys.authoring.performing import Done
from surveys.authoring.references import redirected, references, referrers

NEW_TITLE = "無題の節"
_READING = ("visible_if", "formula")


def add_section(document: Json, *, after: str = "", title: str = NEW_TITLE) -> Done:
    """Add an empty section behind another one; at the end when ``after`` is ""."""
    section: Json = {"id": next_id(document, "s"), "title": title, "questions": []}
    sections = document["sections"]
    place = sections.index(find_section(document, after)) + 1 if after else len(sections)
    sections.insert(place, section)
    return Done(document, f"節{short(section)}を追加しました。", section["id"])


def change_section(document: Json, section_id: str, **keys: object) -> Done:
    """Set ``title``, ``help`` or ``visible_if``; a blank help or None takes the key away."""
    section = find_section(document, section_id)
    for key, value in keys.items():
        section.pop(key, None)
        if value:
            section[key] = value
    questions = section.pop("questions")
    section["questions"] = questions
    return Done(document, f"節{short(section)}を変更しました。", section_id)


def duplicate_section(document: Json, section_id: str) -> Done:
    """Put a copy behind the section: its questions, and the rules that read nothing else.

    Conditions and formulas of the copy read the copied questions where the original read its own.
    """
    section = find_section(document, section_id)
    names: dict[str, str] = {}
    copy: Json = {**section, "id": next_id(document, "s"), "questions": []}
    sections = document["sections"]
    sections.insert(sections.index(section) + 1, copy)
    for question in section["questions"]:
        names[question["id"]] = next_id(document, "q")
        copy["questions"].append({**_copied(question, names), "id": names[question["id"]]})
    _duplicate_rules(document, names)
    count = f"（設問{len(names)}問を含む）" if names else ""
    return Done(document, f"節{short(section)}を複製しました{count}。", copy["id"])


def _copied(question: Json, names: Mapping[str, str]) -> Json:
    reading = {key: redirected(question[key], names) for key in _READING if key in question}
    return {**deepcopy(question), **reading}


def _duplicate_rules(document: Json, names: Mapping[str, str]) -> None:
    own = [rule for rule in document.get("rules", []) if references(rule) <= names.keys()]
    for rule in own:
        copy = {**redirected(deepcopy(rule), names), "id": next_id(document, "r")}
        document["rules"].append(copy)


def shift_section(document: Json, section_id: str, by: int) -> Done:
    """Move a section up (-1) or down (1) past its neighbour."""
    sections = document["sections"]
    section = find_section(document, section_id)
    place = sections.index(section) + by
    if not 0 <= place < len(sections):
        raise StepRefused(f"節{short(section)}は、これ以上動かせません。")
    sections.remove(section)
    sections.insert(place, section)
    what = f"節{short(section)}を{len(sections)}節中の{place + 1}番目に移動しました。"
    return Done(document, what, section_id)


def remove_section(document: Json, section_id: str) -> Done:
    """Remove a section with its questions, unless something outside reads one of them."""
    section = find_section(document, section_id)
    ids = {question["id"] for question in section["questions"]}
    if readers := referrers(document, ids, outside=section_id):
        told = "、".join(readers)
        raise StepRefused(
            f"節{short(section)}の設問は、次から参照されているため削除できません：{told}"
        )
    sections = document["sections"]
    place = sections.index(section)
    sections.remove(section)
    neighbour = sections[min(place, len(sections) - 1)]["id"] if sections else ""
    count = f"（設問{len(ids)}問を含む）" if ids else ""
    return Done(document, f"節{short(section)}を削除しました{count}。", neighbour)
