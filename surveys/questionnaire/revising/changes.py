"""One difference between two revisions of a questionnaire, in words."""

from dataclasses import dataclass
from enum import Enum


class Touch(Enum):
    """Whose answers a change reaches."""

    NOBODY = "nobody"
    ANSWERED = "answered"
    """Everything stored in its fields: it is lost, or means something else."""
    REFUSED = "refused"
    """What is stored in its fields and the new question refuses."""
    BEGUN = "begun"
    """Every response that was begun: something new is demanded."""


@dataclass(frozen=True, slots=True)
class Change:
    """``text`` says in a sentence what becomes of the question (or rule, ``question_id`` "") that
    is called ``label``; ``fields`` are keys of the earlier revision.
    """

    question_id: str
    label: str
    text: str
    touch: Touch = Touch.NOBODY
    fields: tuple[str, ...] = ()

    @property
    def is_harmful(self) -> bool:
        """Whether answers that were given may be lost, or no longer do."""
        return self.touch is not Touch.NOBODY
