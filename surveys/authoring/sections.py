"""Steps on sections."""

from surveys.authoring.finding import Json, StepRefused, find_section, short
from surveys.authoring.ids import next_id
from surveys.authoring.performing import Done
from surveys.authoring.references import referrers

NEW_TITLE = "無題の節"


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
