"""From the JSON document to a checked questionnaire."""

from surveys.questionnaire.parsing.document import parse_questionnaire

__all__ = ["parse_questionnaire"]
