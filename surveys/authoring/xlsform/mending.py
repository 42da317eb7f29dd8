"""Leaving out what a questionnaire refuses, so that the rest can come in."""

from collections.abc import Iterator
from typing import Final

from surveys.authoring.finding import Json, StepRefused
from surveys.authoring.wording import sentences
from surveys.authoring.xlsform.intake import Intake
from surveys.questionnaire import DefinitionError, Problem, parse_questionnaire

_MOST_ROUNDS: Final = 50  # each leaves out what hung on the one before
_ALWAYS: Final = "表示条件を取り込めないため、常に表示します：{reason}"
_NO_QUESTION: Final = "この設問は、取り込みません：{reason}"
_NO_RULE: Final = "制約を取り込めません：{reason}"
_TOO_MANY: Final = "互いに参照する設問が多すぎるため、読み込めません。"


def mend(document: Json, intake: Intake) -> None:
    """Take rules, conditions and questions out until the document parses; note each with its row.

    Raises StepRefused for what no part is to blame for, such as too many sections.
    """
    for _ in range(_MOST_ROUNDS):
        problems = _problems(document)
        if not problems:
            return
        if not _left_out(problems, document, intake):
            raise StepRefused("\n".join(sentences(problems, document)))
    raise StepRefused(_TOO_MANY)


def _problems(document: Json) -> tuple[Problem, ...]:
    try:
        parse_questionnaire(document, draft=True)
    except DefinitionError as refusal:
        return refusal.problems
    return ()


def _left_out(problems: tuple[Problem, ...], document: Json, intake: Intake) -> bool:
    """Leave out the conditions to blame, else the parts themselves; False when nothing was."""
    told = {problem.where.partition("/")[0]: problem for problem in reversed(problems)}
    blamed = [(holder, part) for holder, part in _parts(document) if part["id"] in told]
    conditions = {part["id"]: part.pop("visible_if", None) for _, part in blamed}
    lasting = set(_problems(document))
    changed = False
    for holder, part in blamed:
        problem, condition = told[part["id"]], conditions[part["id"]]
        (reason,) = sentences([Problem("", problem.reason)], document)
        if condition is not None and problem not in lasting:
            intake.leave(intake.rows[part["id"]], "relevant", _ALWAYS.format(reason=reason))
        elif holder is document["sections"]:
            part |= {"visible_if": condition} if condition is not None else {}
            continue
        else:
            holder.remove(part)
            name, words = _REASONS[holder is document["rules"]]
            intake.leave(intake.rows[part["id"]], name, words.format(reason=reason))
        changed = True
    return changed


_REASONS: Final = {True: ("constraint", _NO_RULE), False: ("type", _NO_QUESTION)}


def _parts(document: Json) -> Iterator[tuple[list[Json], Json]]:
    """Every part that has a row in the form, with the list that holds it."""
    lists = [document["rules"], document["sections"]]
    lists += [section["questions"] for section in document["sections"]]
    for parts in lists:
        yield from ((parts, part) for part in list(parts))
