"""Steps on questions."""

from copy import deepcopy

from surveys.authoring.defaults import blank_question, converted
from surveys.authoring.finding import Json, StepRefused, find_question, find_section, short
from surveys.authoring.ids import next_id
from surveys.authoring.performing import Done
from surveys.authoring.references import referrers


def add_question(
    document: Json, type_: str, *, section: str, after: str = "", **keys: object
) -> Done:
    """Add a question of a type behind another one, or at the head of the section.

    It begins with a harmless content of its type; ``keys`` set more (``label``, ``file`` …), as
    for a question that is taken over from elsewhere. Its id is new in any case.
    """
    target = find_section(document, section)
    earlier = _earlier(document, section, after)
    question = {**blank_question(type_, earlier), **keys, "id": next_id(document, "q")}
    target["questions"].insert(_place(target, after), question)
    return Done(document, f"設問{short(question)}を追加しました。", question["id"])


def change_question(document: Json, question_id: str, content: Json) -> Done:
    """Put ``content`` (without id) in the place of what the question held."""
    section, question = find_question(document, question_id)
    changed = {"id": question_id, **{key: content[key] for key in content if key != "id"}}
    section["questions"][section["questions"].index(question)] = changed
    return Done(document, f"設問{short(changed)}を変更しました。", question_id)


def retype_question(document: Json, question_id: str, type_: str, **keys: object) -> Done:
    """Give the question another type; what both types have is kept, and ``keys`` set more."""
    _, question = find_question(document, question_id)
    earlier = _before(document, question_id)
    content = {**converted(question, blank_question(type_, earlier)), **keys}
    done = change_question(document, question_id, content)
    return Done(done.document, f"設問{short(question)}の種類を変更しました。", question_id)


def duplicate_question(document: Json, question_id: str) -> Done:
    """Put a copy behind the question. It is shown under the same condition; what reads the
    original goes on reading the original alone.
    """
    section, question = find_question(document, question_id)
    copy = {**deepcopy(question), "id": next_id(document, "q")}
    section["questions"].insert(_place(section, question_id), copy)
    return Done(document, f"設問{short(question)}を複製しました。", copy["id"])


def move_question(document: Json, question_id: str, *, section: str, after: str = "") -> Done:
    """Move the question behind another one, or to the head of a section."""
    source, question = find_question(document, question_id)
    if after == question_id:
        raise StepRefused(f"設問{short(question)}は、その位置にあります。")
    source["questions"].remove(question)
    target = find_section(document, section)
    target["questions"].insert(_place(target, after), question)
    return Done(document, _where(question, target), question_id)


def shift_question(document: Json, question_id: str, by: int) -> Done:
    """Move the question one place up (-1) or down (1), over the border of its section too."""
    section, question = find_question(document, question_id)
    sections, place = document["sections"], section["questions"].index(question)
    if 0 <= place + by < len(section["questions"]):
        target, new_place = section, place + by
    else:
        neighbour = sections.index(section) + by
        if not 0 <= neighbour < len(sections):
            raise StepRefused(f"設問{short(question)}は、これ以上動かせません。")
        target = sections[neighbour]
        new_place = 0 if by > 0 else len(target["questions"])
    section["questions"].remove(question)
    target["questions"].insert(new_place, question)
    return Done(document, _where(question, target), question_id)


def remove_question(document: Json, question_id: str) -> Done:
    """Remove the question, unless a condition, a formula or a rule reads it."""
    section, question = find_question(document, question_id)
    if readers := referrers(document, {question_id}):
        told = "、".join(readers)
        raise StepRefused(
            f"設問{short(question)}は、次から参照されているため削除できません：{told}"
        )
    questions = section["questions"]
    place = questions.index(question)
    questions.remove(question)
    neighbour = questions[min(place, len(questions) - 1)] if questions else section
    return Done(document, f"設問{short(question)}を削除しました。", neighbour["id"])


def _place(section: Json, after: str) -> int:
    """Return the index behind the question ``after``, 0 when that is ""."""
    ids = [question["id"] for question in section["questions"]]
    if after and after not in ids:
        raise StepRefused("置く場所の設問が、既に移動又は削除されています。")
    return ids.index(after) + 1 if after else 0


def _where(question: Json, section: Json) -> str:
    count = len(section["questions"])
    place = section["questions"].index(question) + 1
    return f"設問{short(question)}を、節{short(section)}の{count}問中{place}番目に移動しました。"


def _earlier(document: Json, section_id: str, after: str) -> list[Json]:
    found: list[Json] = []
    for section in document["sections"]:
        if section["id"] == section_id:
            return [*found, *section["questions"][: _place(section, after)]]
        found += section["questions"]
    return found


def _before(document: Json, question_id: str) -> list[Json]:
    section, question = find_question(document, question_id)
    place = section["questions"].index(question)
    after = section["questions"][place - 1]["id"] if place else ""
    return _earlier(document, section["id"], after)
