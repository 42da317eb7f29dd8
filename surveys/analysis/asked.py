"""What is asked of an analysis; the address of its page holds all of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from surveys.compilation.columns import AnswerColumn

ACCEPTED_ONLY: Final = "accepted"
QUESTION: Final = "q:"
"""Before the key of a question by which is split, so that it is no attribute's word."""


class Middle(StrEnum):
    """Which figure of numbers the bars show."""

    MEDIAN = "median"
    MEAN = "mean"


MIDDLES: Final = {Middle.MEDIAN: "中央値", Middle.MEAN: "平均"}


@dataclass(frozen=True, slots=True)
class Asked:
    """``by``: a word of ATTRIBUTES, QUESTION and a key, or blank for no groups; ``only_accepted``:
    without what was handed in and not yet accepted.
    """

    column: AnswerColumn
    by: str = ""
    only_accepted: bool = False

    @property
    def by_question(self) -> str:
        """The key of the question by which is split; blank where there is none."""
        return self.by.removeprefix(QUESTION) if self.by.startswith(QUESTION) else ""
