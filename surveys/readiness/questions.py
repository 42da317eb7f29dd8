"""What its questions lack: units, words for pictures, a reason to ask for personal data."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from onepublic.core.text import fold
from surveys.questionnaire import (
    DefinitionError,
    Question,
    Questionnaire,
    ValueKind,
    parse_questionnaire,
)
from surveys.questionnaire.kinds import NumberAnswer
from surveys.readiness.concerns import Concern, Place

_PERSONAL = re.compile(
    "氏名|名前|生年月日|マイナンバー|個人番号|電話番号|携帯電話|メールアドレス|住所|"
    "被保険者番号|基礎年金番号|口座番号|病名|国籍"
)
_TYPED = frozenset({"text", "longtext", "date", "email", "tel", "dynamic_table"})
_TYPED_KINDS = frozenset({ValueKind.TEXT, ValueKind.DATE})
_COUNTED = frozenset({"number", "table", "dynamic_table"})
_FLAW = "調査票に誤りがあります："


def parsed(document: Mapping[str, Any]) -> tuple[Questionnaire | None, list[Concern]]:
    """The questionnaire as it would be opened; or None with what forbids that, each stopping."""
    if not any(section.get("questions") for section in document.get("sections", [])):
        text, remedy = "調査票に設問がありません。", "調査票を作成してください。"
        return None, [Concern(text, remedy, Place.QUESTIONS, stops=True)]
    try:
        return parse_questionnaire(document), []
    except DefinitionError as error:
        return None, [
            Concern(
                f"{_FLAW}{problem.reason}",
                "調査票を直してください。",
                Place.QUESTIONS,
                problem.where,
                stops=True,
            )
            for problem in error.problems
        ]


def of_questions(questionnaire: Questionnaire, document: Mapping[str, Any]) -> Iterator[Concern]:
    """What may be wrong with questions that can be opened."""
    for question in questionnaire.questions:
        yield from _of_units(questionnaire, question)
        yield from _of_persons(question)
    yield from _of_pictures(document)


def unreachable(questionnaire: Questionnaire, reached: frozenset[str]) -> Iterator[Concern]:
    """The questions that none of those addressed would ever see."""
    for question in questionnaire.questions:
        if question.id not in reached:
            yield _at(
                question,
                f"「{question.label}」は、どの依頼先にも表示されません。",
                "表示する条件又は宛先を見直してください。",
            )


def _of_units(questionnaire: Questionnaire, question: Question) -> Iterator[Concern]:
    if question.type not in _COUNTED:
        return
    bare = [
        field
        for field in questionnaire.fields_of(question.id)
        if isinstance(field.answer, NumberAnswer) and not field.unit and field.option is None
    ]
    if bare:
        columns = dict.fromkeys(field.column.label for field in bare if field.column)
        where = f"の「{'」「'.join(columns)}」" if columns else ""
        yield _at(
            question,
            f"「{question.label}」{where}に単位がありません。",
            "人、件、円などの単位を入力してください。",
        )


def _of_persons(question: Question) -> Iterator[Concern]:
    """Its own label, and those of the columns into which something is typed."""
    labels = [question.label] if question.type in _TYPED else []
    if question.table:
        labels += [c.label for c in question.table.columns if c.answer.kind in _TYPED_KINDS]
    for label in labels:
        if found := _PERSONAL.search(fold(label)):
            yield _at(
                question,
                f"「{label}」は、個人情報（{found.group()}）を尋ねています。",
                "必要かどうかを確かめ、必要なときは利用の目的を設問の説明に書いてください。",
            )


def _of_pictures(document: Mapping[str, Any]) -> Iterator[Concern]:
    for section in document["sections"]:
        for question in section["questions"]:
            if question["type"] == "image" and not str(question.get("alt", "")).strip():
                yield Concern(
                    f"画像「{question.get('label', question['id'])}」に代替テキストがありません。",
                    "画像が見えない人のために、内容を言葉で書いてください。",
                    Place.QUESTIONS,
                    question["id"],
                )


def _at(question: Question, text: str, remedy: str) -> Concern:
    return Concern(text, remedy, Place.QUESTIONS, question.id)
