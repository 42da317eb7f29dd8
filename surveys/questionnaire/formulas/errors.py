"""What is wrong with a formula, and where."""


class FormulaError(ValueError):
    """A text that is no formula; `message` is Japanese, `position` counts characters from 0."""

    def __init__(self, message: str, position: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
