"""What one revision of a questionnaire changes in another, by stable ids."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from surveys.questionnaire.document import Questionnaire
from surveys.questionnaire.parsing import parse_questionnaire
from surveys.questionnaire.revising.changes import Change, Touch
from surveys.questionnaire.revising.limits import KNOWN, of_limits
from surveys.questionnaire.revising.parts import of_options, of_table
from surveys.questionnaire.revising.subject import Changes, Json, Subject, by_id, told

_TELLING: Final = frozenset({"note", "image"})
_UNASKED: Final = _TELLING | {"calculated"}
_TREATED: Final = KNOWN | {
    "id",
    "type",
    "visible_if",
    "options",
    "rows",
    "columns",
    "disabled_cells",
}


@dataclass(frozen=True, slots=True)
class _Placed:
    """A question as it is written, with its section's condition."""

    question: Json
    section: Json

    @property
    def conditions(self) -> tuple[object, object]:
        return self.section.get("visible_if"), self.question.get("visible_if")


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return what the document ``after`` changes in ``before``, in the order of ``after``, removed
    questions behind, rules last. Both must parse; raises DefinitionError otherwise.
    """
    old = parse_questionnaire(before, draft=True)
    parse_questionnaire(after, draft=True)
    held, given = _placed(before), _placed(after)
    changes = list(_of_sections(before, after))
    for name, placed in given.items():
        if name in held:
            changes += _of_question(old, held[name], placed)
        else:
            changes.append(_added(placed.question))
    changes += [_removed(old, p.question) for name, p in held.items() if name not in given]
    if [n for n in held if n in given] != [n for n in given if n in held]:
        changes.append(Change("", "調査票", "設問の順序を改めます。"))
    return [*changes, *_of_rules(before, after)]


def _placed(document: Json) -> dict[str, _Placed]:
    return {
        question["id"]: _Placed(question, section)
        for section in document["sections"]
        for question in section["questions"]
    }


def _of_sections(before: Json, after: Json) -> Changes:
    held, given = by_id(before["sections"]), by_id(after["sections"])
    for name, section in given.items():
        if name in held and any(held[name].get(k) != section.get(k) for k in ("title", "help")):
            yield Change("", f"節{told(section['title'])}", "節の名称又は説明を改めます。")


def _added(question: Json) -> Change:
    demanded = bool(question.get("required")) and question["type"] not in _UNASKED
    text = "必須の設問として加えます。" if demanded else "加えます。"
    touch = Touch.BEGUN if demanded else Touch.NOBODY
    return Change(question["id"], _label(question), text, touch)


def _removed(old: Questionnaire, question: Json) -> Change:
    subject = _subject(old, question, question)
    told_only = question["type"] in _TELLING
    return subject.change("削除します。", Touch.NOBODY if told_only else Touch.ANSWERED)


def _of_question(old: Questionnaire, before: _Placed, after: _Placed) -> Changes:
    subject = _subject(old, before.question, after.question)
    if before.question["type"] != after.question["type"]:
        yield subject.change("形式を改めます。", Touch.ANSWERED)
        return
    yield from of_limits(subject)
    yield from of_options(subject)
    yield from of_table(subject)
    yield from _of_conditions(subject, before, after)
    if _rest(before.question) != _rest(after.question):
        yield subject.change("設定を改めます。", Touch.ANSWERED)


def _of_conditions(subject: Subject, before: _Placed, after: _Placed) -> Changes:
    """Who sees it: fewer lose what they answered, more may owe what they were not asked."""
    if before.conditions == after.conditions:
        return
    demanded = bool(after.question.get("required"))
    if after.conditions == (None, None):
        yield subject.change(
            "表示する条件をなくします。", Touch.BEGUN if demanded else Touch.NOBODY
        )
    elif before.conditions == (None, None):
        yield subject.change("表示する条件を加えます。", Touch.ANSWERED)
    else:
        yield subject.change(
            "表示する条件を改めます。", Touch.BEGUN if demanded else Touch.ANSWERED
        )


def _of_rules(before: Json, after: Json) -> Changes:
    held, given = by_id(before.get("rules")), by_id(after.get("rules"))
    for name, rule in given.items():
        if held.get(name) == rule:
            continue
        only_words = name in held and {**held[name], "message": ""} == {**rule, "message": ""}
        strict = rule["level"] == "error" and not only_words
        verb = "改めます" if name in held else "加えます"
        yield Change(
            "",
            told(rule["message"]),
            f"{'満たさないと提出できない' if strict else '確認のための'}条件を{verb}。",
            Touch.BEGUN if strict else Touch.NOBODY,
        )
    for name, rule in held.items():
        if name not in given:
            yield Change("", told(rule["message"]), "条件を削除します。")


def _subject(old: Questionnaire, before: Json, after: Json) -> Subject:
    fields = old.fields_by_question.get(before["id"], ())
    return Subject(before["id"], _label(after), before, after, fields)


def _label(question: Json) -> str:
    return str(question.get("label") or question.get("text") or question["id"])


def _rest(question: Json) -> dict[str, object]:
    return {key: value for key, value in question.items() if key not in _TREATED}
