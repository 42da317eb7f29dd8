"""Leaving out what a questionnaire refuses, so that the rest can come in."""

from collections.abc import Iterator
from typing import Final

from surveys.authoring.finding import Json, StepRefused
from surveys.authoring.wording import sentences
from surveys.authoring.xlsform.intake import Intake
from surveys.questionnaire import DefinitionError, Problem, parse_questionnaire

_ALWAYS: Final = "表示条件を取り込めないため、常に表示します：{reason}"
_NO_QUESTION: Final = "この設問は、取り込みません：{reason}"
_NO_RULE: Final = "制約を取り込めません：{reason}"


def mend(document: Json, intake: Intake) -> None:
    """Take rules, conditions and questions out until the document parses; note each with its row.

    Raises StepRefused for what no part is to blame for, such as too many sections.
    """
    while problems := _problems(document):
        left_out = [_leave_out(problem, document, intake) for problem in problems]
        if not any(left_out):
            raise StepRefused("\n".join(sentences(problems, document)))


def _problems(document: Json) -> tuple[Problem, ...]:
    try:
        parse_questionnaire(document, draft=True)
    except DefinitionError as refusal:
        return refusal.problems
    return ()


def _leave_out(problem: Problem, document: Json, intake: Intake) -> bool:
    id_ = problem.where.partition("/")[0]
    if id_ not in intake.rows:
        return False
    row = intake.rows[id_]
    (reason,) = sentences([Problem("", problem.reason)], document)
    for parts, part in _parts(document):
        if part["id"] != id_:
            continue
        if parts is document["rules"]:
            parts.remove(part)
            intake.leave(row, "constraint", _NO_RULE.format(reason=reason))
        elif _is_to_blame(part.get("visible_if"), part, problem, document):
            intake.leave(row, "relevant", _ALWAYS.format(reason=reason))
        elif parts is not document["sections"]:
            parts.remove(part)
            intake.leave(row, "type", _NO_QUESTION.format(reason=reason))
        else:
            return False
        return True
    return True  # another problem has taken it out already


def _parts(document: Json) -> Iterator[tuple[list[Json], Json]]:
    lists = [document["rules"], document["sections"]]
    lists += [section["questions"] for section in document["sections"]]
    for parts in lists:
        yield from ((parts, part) for part in list(parts))


def _is_to_blame(condition: Json | None, part: Json, problem: Problem, document: Json) -> bool:
    """Whether the problem goes with the condition, which is then left out."""
    if condition is None:
        return False
    del part["visible_if"]
    if problem not in _problems(document):
        return True
    part["visible_if"] = condition
    return False
