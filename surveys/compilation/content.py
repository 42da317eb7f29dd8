"""What a survey asks and who answered what, for sheets and files of any form."""

from collections.abc import Callable, Iterator, Sequence

from surveys.compilation.columns import AnswerColumn, joined_columns
from surveys.compilation.filling import Filled, filled
from surveys.compilation.kept import KeptSnapshot, revisions_of
from surveys.compilation.orders import Order
from surveys.models import Survey
from surveys.responses import questionnaire_of


class Content:
    """A survey at the moment of a snapshot, as far as an order asks for it.

    ``revisions`` are those that were published, the one in force last.
    """

    def __init__(self, survey: Survey, snapshot: KeptSnapshot, order: Order | None = None) -> None:
        self.survey, self.snapshot, self.counts = survey, snapshot, snapshot.counts
        self.order = order or Order()
        self.published = revisions_of(snapshot.published)
        self.revisions = [questionnaire_of(revision) for revision in self.published]
        chosen = set(self.order.questions)
        self.columns: Sequence[AnswerColumn] = [
            column
            for column in joined_columns(self.revisions, snapshot.used_rows)
            if not chosen or column.field.question.id in chosen
        ]
        self.file_names = snapshot.file_names()
        self.watchers: list[Callable[[Filled], None]] = []

    def responses(self) -> Iterator[Filled]:
        """Every organization chosen, by code, with its cells; each of the ``watchers`` sees it
        first.
        """
        latest, rows = self.revisions[-1], self.snapshot.rows()
        for response in filled(latest, self.columns, rows, self.file_names):
            for watch in self.watchers:
                watch(response)
            yield response
