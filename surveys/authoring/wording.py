"""Problems of a definition as sentences for the person who writes it."""

import re
from collections.abc import Iterable

from surveys.authoring.finding import Json, all_questions, short
from surveys.questionnaire import Problem

_QUOTED = re.compile(r"「([A-Za-z0-9_-]{1,64})」|（([A-Za-z0-9_-]{1,64})）")


def sentences(problems: Iterable[Problem], document: Json) -> list[str]:
    """Return each problem with the words of its question instead of ids, without repetitions."""
    parts = {part["id"]: f"設問{short(part)}" for part in all_questions(document)}
    parts |= {part["id"]: f"節{short(part)}" for part in document["sections"]}
    parts |= {part["id"]: f"規則{short(part)}" for part in document.get("rules", [])}
    labels = {question["id"]: short(question) for question in all_questions(document)}
    told = [_sentence(problem, parts, labels) for problem in problems]
    return list(dict.fromkeys(told))


def _sentence(problem: Problem, parts: dict[str, str], labels: dict[str, str]) -> str:
    where = parts.get(problem.where.partition("/")[0], "")
    reason = _QUOTED.sub(lambda match: labels.get(match[1] or match[2], match[0]), problem.reason)
    return f"{where}：{reason}" if where else reason
