"""Making a step: nothing half done, and never a document that could not be read again."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TypeAlias

from surveys.authoring.finding import Json
from surveys.authoring.ids import with_marks
from surveys.questionnaire import parse_questionnaire


@dataclass(frozen=True, slots=True)
class Done:
    """The document after a step.

    ``what`` says in Japanese what was done (設問「…」を追加しました); ``about`` is the id of the
    question, section or rule that the person looks at next, "" when there is none.
    """

    document: Json
    what: str
    about: str = ""


Step: TypeAlias = Callable[[Json], Done]
"""A step changes the document that it is given, which :func:`perform` has copied before."""


def perform(document: Json, step: Step) -> Done:
    """Make the step on a copy and read the result; the given document stays as it is.

    Raises StepRefused when the step is not possible, and DefinitionError with every question and
    reason when its result is no questionnaire, for instance because of a forward reference.
    """
    before = {"rules": [], **document}
    done = step(deepcopy(before))
    parse_questionnaire(done.document, draft=True)
    return replace(done, document=with_marks(before, done.document))
