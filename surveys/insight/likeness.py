"""Similar questions that any division asked in the last two years."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from onepublic.core.fulltext.folding import folded
from surveys.models import Survey
from surveys.questionnaire import Questionnaire

LIKE_FROM: Final = 0.5
_MOST: Final = 3
# The threshold makes the operator % use the trigram index.
_FIND = """
SELECT draft.id, found.* FROM unnest(%s::text[], %s::text[]) AS draft(id, folded)
CROSS JOIN LATERAL (
    SELECT survey.id, survey.title, survey.contact, survey.opened_at, asked.question_id,
           asked.label, similarity(asked.folded, draft.folded) AS likeness, survey.division_id
    FROM surveys_askedquestion asked
    JOIN surveys_survey survey ON survey.id = asked.survey_id
    WHERE asked.folded %% draft.folded AND asked.survey_id <> %s
      AND survey.opened_at > now() - interval '2 years'
    ORDER BY likeness DESC, asked.id DESC LIMIT %s
) found
"""


@dataclass(frozen=True, slots=True)
class LikeQuestion:
    """A question of another survey; ``likeness`` from 0.5 to 1 (the same words)."""

    survey_id: int
    title: str
    contact: str
    opened_at: datetime
    question_id: str
    label: str
    likeness: float
    division_id: int

    @property
    def percent(self) -> int:
        """The likeness in per cent."""
        return round(100 * self.likeness)


def like_questions(survey: Survey, questionnaire: Questionnaire) -> dict[str, list[LikeQuestion]]:
    """Per question of the draft the three likest ones of other surveys, the likest first.

    Compared are the trigrams of the folded words. One query, whatever the number of questions.
    """
    asked = [(q.id, folded(q.label)) for q in questionnaire.questions]
    found: dict[str, list[LikeQuestion]] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(LIKE_FROM)]
        )
        ids, labels = [i for i, _ in asked], [label for _, label in asked]
        cursor.execute(_FIND, [ids, labels, survey.pk, _MOST])
        for question_id, *columns in cursor.fetchall():
            found.setdefault(question_id, []).append(LikeQuestion(*columns))
    return found
