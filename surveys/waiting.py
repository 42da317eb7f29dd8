"""What waits for a person in the surveys of the own divisions."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from accounts.models import User
from surveys.exchange import ExtensionQuerySet, InquiryQuerySet
from surveys.models import ExtensionRequest, Inquiry, Survey
from surveys.querysets import SurveyQuerySet


class InSurveys(NamedTuple):
    """Surveys to decide on, inquiries to answer, requests for more time to decide."""

    decisions: SurveyQuerySet
    inquiries: InquiryQuerySet
    extensions: ExtensionQuerySet


@dataclass(frozen=True, slots=True)
class AtSurvey:
    """One survey with how many inquiries and requests for more time wait."""

    pk: int
    title: str
    inquiries: int
    extensions: int


def waiting_in_surveys(user: User) -> InSurveys:
    """What the home page counts, and the list of surveys shows: no query yet."""
    return InSurveys(
        Survey.objects.waiting_for(user),
        Inquiry.objects.to_be_answered_by(user),
        ExtensionRequest.objects.to_be_decided_by(user),
    )


def waiting_by_survey(user: User) -> list[AtSurvey]:
    """Inquiries and requests by survey, in the order of the surveys' keys: two queries."""
    waiting = waiting_in_surveys(user)
    inquiries = Counter(waiting.inquiries.values_list("survey", "survey__title"))
    asked = ("assignment__survey", "assignment__survey__title")
    extensions = Counter(waiting.extensions.values_list(*asked))
    return [
        AtSurvey(pk, title, inquiries[pk, title], extensions[pk, title])
        for pk, title in sorted({*inquiries, *extensions})
    ]
