"""What a correction changed: in the text, in the printed fields, in the attachments."""

from notices.comparison.texts import Piece, Row, compare_texts
from notices.comparison.versions import Comparison, compare_versions

__all__ = ["Comparison", "Piece", "Row", "compare_texts", "compare_versions"]
