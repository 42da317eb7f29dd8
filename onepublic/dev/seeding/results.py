"""Results of closed sample surveys, given back to those who answered."""

from typing import Final

from accounts.models import User
from onepublic.mail.models import OutboxMessage
from surveys.actions.releasing import mark_of, release_results, results_to_release
from surveys.mail.releases import RELEASE_MAIL
from surveys.models import Survey
from surveys.responses import questionnaire_of
from surveys.results.choosing import Choice, releasable
from surveys.results.counting import latest_revision

GIVEN_BACK: Final = "SV-02"
"""The sample whose results are given back, as those of the round before are."""
NOTE: Final = (
    "回答の状況を踏まえて、次のとおり見直しました（見本）。\n\n"
    "・設問の文言を改め、対象とする範囲を明記しました。\n"
    "・毎年変わらない項目は、前回の値を引き継げるようにしました。"
)


def give_back(survey: Survey, *, by: User, is_public: bool) -> None:
    """Release all that can be counted of a closed survey to those who answered, without mail: the
    demo begins with what the named people were told of.
    """
    sections = releasable(questionnaire_of(latest_revision(survey)))
    ids = [question.id for _, asked in sections for question in asked]
    choice = Choice(ids, note=NOTE, is_public=is_public)
    results = results_to_release(survey, by=by, choice=choice)
    release = release_results(survey, by=by, choice=choice, mark=mark_of(results))
    OutboxMessage.objects.filter(kind=RELEASE_MAIL, subject_id=release.pk).delete()
