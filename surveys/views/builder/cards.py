"""The questionnaire as cards: what each question, section and rule looks like, in few words."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from surveys.authoring import Json
from surveys.forms.builder import TYPE_LABELS
from surveys.models import QuestionnaireRevision
from surveys.questionnaire import Question, Questionnaire, RuleLevel, parse_questionnaire
from surveys.questionnaire.describe import describe, describe_formula, describe_rule
from surveys.questionnaire.kinds import CalculatedAnswer

_SHAPES: Final = {
    "single": "options",
    "multiple": "options",
    "ranking": "options",
    "yesno": "options",
    "scale": "scale",
    "matrix": "matrix",
    "table": "table",
    "dynamic_table": "table",
    "longtext": "area",
    "note": "note",
    "image": "image",
    "file": "file",
    "calculated": "calculated",
}
_YESNO: Final = [{"label": "はい"}, {"label": "いいえ"}]
MOST_ROWS: Final = 4


@dataclass(frozen=True, slots=True)
class Card:
    """A question: ``question`` is its JSON, ``number`` its place in the whole."""

    question: Json
    number: int
    shape: str
    facts: str
    condition: str
    formula: str = ""

    @property
    def id(self) -> str:
        """The id of the question."""
        return str(self.question["id"])

    @property
    def type_label(self) -> str:
        """The name of its type."""
        return TYPE_LABELS[self.question["type"]]

    @property
    def options(self) -> list[Json]:
        """What is chosen from."""
        options: list[Json] = self.question.get("options", [])
        return _YESNO if self.question["type"] == "yesno" else options

    @property
    def steps(self) -> range:
        """The numbers of a scale."""
        return range(self.question["min"], self.question["max"] + 1)

    @property
    def rows(self) -> list[Json]:
        """The first rows of a table; one without a name where the answerer adds them."""
        return list(self.question.get("rows", [{"label": ""}])[:MOST_ROWS])

    @property
    def more_rows(self) -> int:
        """How many rows are not shown."""
        return max(0, len(self.question.get("rows", [])) - MOST_ROWS)


@dataclass(frozen=True, slots=True)
class SectionCards:
    """A section with its questions; without their cards where it does not stand open."""

    section: Json
    number: int
    condition: str
    cards: list[Card]
    is_open: bool

    @property
    def count(self) -> int:
        """How many questions it has."""
        return len(self.section["questions"])


@dataclass(frozen=True, slots=True)
class RuleCard:
    """A rule as a sentence."""

    rule: Json
    number: int
    sentence: str
    is_warning: bool


def sections_of(
    document: Json, questionnaire: Questionnaire, opened: str | None = None
) -> list[SectionCards]:
    """The sections in order; questions are numbered through. Only the one of this id is open, all
    where none is named.
    """
    numbers = count(1)
    found = []
    for place, section in enumerate(document["sections"]):
        is_open = opened in (None, section["id"])
        numbered = list(zip(section["questions"], numbers, strict=False))
        cards = [_card(q, number, questionnaire) for q, number in numbered] if is_open else []
        condition = _condition(questionnaire.sections[place], questionnaire)
        found.append(SectionCards(section, place + 1, condition, cards, is_open))
    return found


def rules_of(document: Json, questionnaire: Questionnaire) -> list[RuleCard]:
    """The rules in order."""
    return [
        RuleCard(
            document["rules"][place],
            place + 1,
            describe_rule(rule, questionnaire),
            rule.level is RuleLevel.WARNING,
        )
        for place, rule in enumerate(questionnaire.rules)
    ]


def parsed(revision: QuestionnaireRevision) -> Questionnaire:
    """The questionnaire of a draft, which may be without questions."""
    return parse_questionnaire(revision.document, draft=True)


def _card(question: Json, number: int, questionnaire: Questionnaire) -> Card:
    return Card(
        question,
        number,
        _SHAPES.get(question["type"], "line"),
        "、".join(_facts(question)),
        _condition(questionnaire.question(question["id"]), questionnaire),
        _formula(questionnaire.question(question["id"]), questionnaire),
    )


def _formula(question: Question, questionnaire: Questionnaire) -> str:
    if not isinstance(question.answer, CalculatedAnswer):
        return ""
    return describe_formula(question.answer.formula, questionnaire)


def _condition(part: Any, questionnaire: Questionnaire) -> str:
    return describe(part.visible_if, questionnaire) if part.visible_if else ""


def _facts(question: Json) -> Iterator[str]:
    """The limits in words: 「0以上」「100文字以内」."""
    low, high = question.get("min"), question.get("max")
    if question["type"] != "scale" and (low is not None or high is not None):
        yield f"{_shown(low)}～{_shown(high)}" if high is not None else f"{_shown(low)}以上"
    if question.get("decimals"):
        yield f"小数点以下{question['decimals']}桁まで"
    if question.get("max_length"):
        yield f"{question['max_length']:,}文字以内"
    if question.get("min_select"):
        yield f"{question['min_select']}個以上を選択"
    if question.get("max_select"):
        yield f"{question['max_select']}個まで選択"
    if question.get("max_rank"):
        yield f"{question['max_rank']}位まで"
    if question.get("max_rows"):
        yield f"{question.get('min_rows') or 0}～{question['max_rows']}行"
    if question.get("max_files"):
        accept = "、".join(question["accept"])
        yield f"{accept}を{question['max_files']}件まで（1件{question['max_mb']}MB以下）"
    if question.get("allow_none"):
        yield "「該当なし」可"
    if question.get("carry_over"):
        yield "前回の回答を引き継ぐ"


def _shown(limit: object) -> str:
    if limit is None:
        return ""
    return f"{limit:,}" if isinstance(limit, int | float) else str(limit)
