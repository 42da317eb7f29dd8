"""One point of the check list before a survey is opened."""

from dataclasses import dataclass
from enum import Enum


class Place(Enum):
    """Where it is mended."""

    FRAME = "frame"
    AUDIENCE = "audience"
    QUESTIONS = "questions"


@dataclass(frozen=True, slots=True)
class Concern:
    """What is wrong (``text``), what to do (``remedy``), and where: ``anchor`` is a field of the
    frame or a question's id, "" for the whole. With a ``stops`` one a survey can't be opened;
    others are advice.
    """

    text: str
    remedy: str
    place: Place
    anchor: str = ""
    stops: bool = False
