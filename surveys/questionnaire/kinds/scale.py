"""Steps of a scale, such as 1 (不満) to 5 (満足)."""

from dataclasses import dataclass

from surveys.questionnaire.kinds.number import NumberAnswer


@dataclass(frozen=True, slots=True)
class ScaleAnswer(NumberAnswer):
    """A whole number from `minimum` to `maximum`, whose ends have words."""

    min_label: str = ""
    max_label: str = ""

    @property
    def steps(self) -> range:
        """The numbers to choose from, in order."""
        return range(int(self.minimum or 0), int(self.maximum or 0) + 1)
