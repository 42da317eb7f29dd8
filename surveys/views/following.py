"""What follows from the answers, as the scripts of a page of questions read it."""

from collections.abc import Iterable
from typing import Any

from surveys.questionnaire import Question
from surveys.responses import Response
from surveys.views.marks import calculated_text, question_messages, table_totals, wrong_fields


def what_follows(response: Response, questions: Iterable[Question]) -> dict[str, Any]:
    """Visible questions and fields, messages, totals and marks, for JSON."""
    return {
        "questions": {question.id: _question(response, question) for question in questions},
        "wrong": sorted(wrong_fields(response, with_blanks=False)),
        "visible_fields": sorted(response.evaluation.visible_fields),
    }


def _question(response: Response, question: Question) -> dict[str, Any]:
    messages = question_messages(response, question, with_blanks=False)
    return {
        "visible": question.id in response.evaluation.visible_questions,
        "messages": [{"level": one.level, "text": one.text} for one in messages],
        "calculated": calculated_text(response, question),
        "totals": _totals(response, question) if question.table else None,
    }


def _totals(response: Response, question: Question) -> dict[str, Any]:
    """Without dataclasses.asdict, whose deep copies are felt at every save."""
    totals = table_totals(response, question)
    return {"rows": totals.rows, "columns": totals.columns, "grand": totals.grand}
