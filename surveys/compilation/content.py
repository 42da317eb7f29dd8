"""What a survey asks and who answered what, for sheets and files of any form."""

from collections.abc import Callable, Iterator, Sequence

from surveys.compilation.columns import AnswerColumn, joined_columns
from surveys.compilation.filling import Filled, filled
from surveys.compilation.orders import Order
from surveys.compilation.snapshot import Counts, ResponseRow, Snapshot
from surveys.models import Survey
from surveys.questionnaire import Questionnaire
from surveys.responses import questionnaire_of


class Content:
    """A survey at the moment of a snapshot, as far as an order asks for it.

    ``revisions`` are those that were published, the one in force last.
    """

    def __init__(
        self, survey: Survey, snapshot: Snapshot, counts: Counts, order: Order | None = None
    ) -> None:
        self.survey, self.snapshot, self.counts = survey, snapshot, counts
        self.order = order or Order()
        published = survey.revisions.filter(published_at__isnull=False).order_by("number")
        self.published = list(published)
        self.revisions = [questionnaire_of(revision) for revision in self.published]
        rows = snapshot.used_rows(_growing(self.revisions))
        chosen = set(self.order.questions)
        self.columns: Sequence[AnswerColumn] = [
            column
            for column in joined_columns(self.revisions, rows)
            if not chosen or column.field.question.id in chosen
        ]
        self.file_names = snapshot.file_names()
        self.watchers: list[Callable[[Filled], None]] = []

    def rows(self) -> Iterator[ResponseRow]:
        """Every organization chosen, with its stored answers and, where conditions or formulas
        read them, those of the previous round.
        """
        reads_previous = bool(self.revisions[-1].previous_keys)
        return self.snapshot.rows(previous=self.survey.previous_id if reads_previous else None)

    def responses(self) -> Iterator[Filled]:
        """Every organization chosen, by code, with its cells, read from the database anew; each of
        the ``watchers`` sees it first.
        """
        latest = self.revisions[-1]
        for response in filled(latest, self.columns, self.rows(), self.file_names):
            for watch in self.watchers:
                watch(response)
            yield response


def _growing(revisions: Sequence[Questionnaire]) -> list[str]:
    """The tables to which rows are added."""
    tables = (q for each in revisions for q in each.questions if q.table and q.table.dynamic)
    return list(dict.fromkeys(question.id for question in tables))
