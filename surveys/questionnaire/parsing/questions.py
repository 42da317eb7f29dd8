"""One question: what all types share, then its answer."""

from surveys.questionnaire.document import Image, Note, Question, QuestionType
from surveys.questionnaire.parsing.answers import parse_answer
from surveys.questionnaire.parsing.conditions import parse_condition
from surveys.questionnaire.parsing.reader import Reader, shown
from surveys.questionnaire.parsing.scope import Scope


def parse_question(reader: Reader, scope: Scope) -> Question | None:
    """Return the question; None when its type or id is unknown, which is then noted."""
    name = reader.identifier()
    reader.where = name or reader.where
    type_ = _type(reader)
    if type_ is None:
        scope.refused.add(name)
        return None
    scope.own_id = name
    visible_if = parse_condition(reader, "visible_if", scope)
    answer = parse_answer(type_, reader, scope)
    scope.own_id = ""
    question = Question(
        id=name,
        type=type_,
        label=reader.text("label", optional=isinstance(answer, Note | Image)),
        required=reader.flag("required"),
        answer=answer,
        help=reader.text("help", longest=4000, optional=True),
        visible_if=visible_if,
        carry_over=reader.flag("carry_over"),
        allow_none=reader.flag("allow_none"),
    )
    _check(reader, question)
    reader.close()
    return question


def _check(reader: Reader, question: Question) -> None:
    """Refuse what only makes sense where something is entered."""
    if question.asks:
        return
    for key in ("required", "carry_over", "allow_none"):
        if reader.raw(key) is True:
            reader.refuse(f"{key}は、入力欄のない設問では指定できません。")


def _type(reader: Reader) -> QuestionType | None:
    name = reader.raw("type")
    if isinstance(name, str) and name in set(QuestionType):
        return QuestionType(name)
    reader.refuse(f"設問の型「{shown(name)}」はありません。")
    return None
