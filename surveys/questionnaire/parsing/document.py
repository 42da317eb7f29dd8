"""Sections and rules: the outermost part of the document."""

from collections.abc import Mapping

from surveys.questionnaire.document import Question, Questionnaire, Section
from surveys.questionnaire.fields import assemble
from surveys.questionnaire.parsing.conditions import parse_condition
from surveys.questionnaire.parsing.questions import parse_question
from surveys.questionnaire.parsing.reader import Reader, unique
from surveys.questionnaire.parsing.rules import parse_rule
from surveys.questionnaire.parsing.scope import Scope
from surveys.questionnaire.problems import DefinitionError, Problem
from surveys.questionnaire.rules import Rule
from surveys.questionnaire.satisfiability import contradictions

MAX_SECTIONS = 100
MAX_QUESTIONS = 200
MAX_RULES = 500
MAX_FIELDS = 5_000


def parse_questionnaire(document: Mapping[str, object], *, draft: bool = False) -> Questionnaire:
    """Return the questionnaire in `document`, of which only `sections` and `rules` are read.

    The shape is described in docs/questionnaire.md; a `draft` may still be without sections,
    and its sections without questions. Raises DefinitionError with every problem found.
    Costs some milliseconds: keep the result while the revision is in use.
    """
    least = 0 if draft else 1
    problems: list[Problem] = []
    reader = Reader(document, "", problems)
    parts = reader.objects("sections", most=MAX_SECTIONS, least=least)
    scope = Scope(everything=_question_ids(parts))
    sections = tuple(_section(part, scope, least) for part in parts)
    unique([section.id for section in sections], reader, "節のid")
    unique(scope.everything, reader, "設問のid")
    rules = _rules(reader, scope)
    if problems:
        raise DefinitionError(problems)
    questionnaire = assemble(sections, rules)
    if len(questionnaire.fields) > MAX_FIELDS:
        raise DefinitionError([Problem("sections", f"入力欄は{MAX_FIELDS:,}以下にしてください。")])
    if problems := contradictions(questionnaire):
        raise DefinitionError(problems)
    return questionnaire


def _question_ids(sections: list[Reader]) -> list[str]:
    """Return all ids in order, so that a forward reference is told from a missing one."""
    ids: list[str] = []
    for section in sections:
        questions = section.raw("questions")
        for question in questions if isinstance(questions, list | tuple) else ():
            name = question.get("id") if isinstance(question, Mapping) else None
            ids.append(name if isinstance(name, str) else "")
    return ids


def _section(reader: Reader, scope: Scope, least: int) -> Section:
    name = reader.identifier()
    reader.where = name or reader.where
    visible_if = parse_condition(reader, "visible_if", scope)
    title = reader.text("title")
    explanation = reader.text("help", longest=4000, optional=True)
    questions: list[Question] = []
    for part in reader.objects("questions", most=MAX_QUESTIONS, least=least):
        if question := parse_question(part, scope):
            scope.before[question.id] = question
            questions.append(question)
    reader.close()
    return Section(name, title, tuple(questions), explanation, visible_if)


def _rules(reader: Reader, scope: Scope) -> tuple[Rule, ...]:
    parts = reader.objects("rules", most=MAX_RULES, least=0)
    rules = [rule for part in parts if (rule := parse_rule(part, scope))]
    unique([rule.id for rule in rules], reader, "規則のid")
    return tuple(rules)
