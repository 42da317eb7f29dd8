"""The words by which a cell says why it holds no answer; a text typed by somebody never is one."""

from onepublic.workbook import Code
from surveys.questionnaire.values import NONE_LABEL


class NotApplicable(Code):
    """対象外: a condition hid the question from this organization."""


class NoneApplies(Code):
    """該当なし: the organization said so, of one question or of the whole survey."""


NOT_APPLICABLE = NotApplicable("対象外")
NONE_APPLIES = NoneApplies(NONE_LABEL)
BLANK = Code("空欄")
ANSWERED = Code("回答")
