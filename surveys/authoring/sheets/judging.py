"""What the language of questionnaires refuses, at the cell where it stands."""

import re
from collections.abc import Iterator
from typing import Final

from surveys.authoring.finding import Json
from surveys.authoring.sheets.parts import Taken
from surveys.authoring.sheets.rules import DEMAND
from surveys.authoring.slips import Slip
from surveys.authoring.wording import sentences
from surveys.questionnaire import DefinitionError, Problem, parse_questionnaire

_KEY: Final = re.compile(r"[a-z]+(?:_[a-z]+)*")
_FORMULAS: Final = ("visible_if", "formula")
_LISTS: Final = ("options", "rows", "columns")


def judge(document: Json, taken: Taken, rest: Slip) -> None:
    """Note the problems of the document; of cells that hold a slip already, no more.

    ``rest`` is for what stands in no row.
    """
    try:
        parse_questionnaire(document, draft=True)
    except DefinitionError as refusal:
        places = dict(_places(document))
        known = {(slip.sheet, slip.row, slip.column) for slip in taken.slips}
        found = [_slip(problem, document, places, taken, rest) for problem in refusal.problems]
        taken.slips += [slip for slip in found if (slip.sheet, slip.row, slip.column) not in known]


def _places(document: Json) -> Iterator[tuple[str, Json]]:
    """Every part under the name by which the language tells it."""
    for section in document["sections"]:
        yield section["id"], section
        for question in section["questions"]:
            yield question["id"], question
            yield from _inside(question, question["id"])
    yield from ((rule["id"], rule) for rule in document["rules"])


def _inside(holder: Json, where: str) -> Iterator[tuple[str, Json]]:
    for key in _LISTS:
        for number, part in enumerate(holder.get(key, [])):
            place = f"{where}/{key}[{number}]"
            yield place, part
            yield from _inside(part, place)
            if "free_text" in part:
                yield f"{place}/free_text", part["free_text"]


def _slip(
    problem: Problem, document: Json, places: dict[str, Json], taken: Taken, rest: Slip
) -> Slip:
    where = problem.where
    while where and where not in places:
        where = where.rpartition("/")[0]
    (reason,) = sentences([Problem("", problem.reason)], document)
    part = places.get(where)
    if part is None or id(part) not in taken.origins:
        return Slip(rest.sheet, rest.row, rest.column, reason)
    line, keys = taken.origins[id(part)]
    headings = {key: heading for heading, key in keys.items()}
    told = _KEY.sub(lambda word: headings.get(word[0], word[0]), reason)
    named = next((word for word in _KEY.findall(reason) if word in headings), "")
    if not named and DEMAND in line.cells:
        return line.slip(DEMAND, told)
    formula = next((key for key in _FORMULAS if key in part and key in headings), "")
    return line.slip(headings.get(named or formula, "ID"), told)
