"""The next survey that a division prepares, and the questionnaire that it keeps for others."""

from datetime import timedelta
from typing import Final

from onepublic.dev.seeding.dealings import person_named
from surveys.actions import begin_survey, keep_template
from surveys.forms.frame import initial_for_new
from surveys.models import Survey

TITLE: Final = "災害時の保健活動体制に関する調査（令和９年度）"
KEPT: Final = "災害時の保健活動体制の調査票（見本）"
A_YEAR: Final = timedelta(weeks=52)
"""To the same day of the week."""


def load_preparations() -> None:
    """Okada drafts the next round of the newest survey of the division, with its questions, and
    has kept these as a template for all divisions.
    """
    okada = person_named("okada")
    source = Survey.objects.started().filter(division__in=okada.division_ids()).latest("opens_on")
    frame = initial_for_new(source) | {
        "title": TITLE,
        "fiscal_year": source.fiscal_year + 1,
        "opens_on": source.opens_on + A_YEAR,
        "due_on": source.due_on + A_YEAR,
        "notify_by_mail": True,
    }
    draft = begin_survey(by=okada, division=source.division, frame=frame, source=source)
    keep_template(draft.revisions.get(), by=okada, name=KEPT, shared=True)
