import pytest

from onepublic.core.errors import Stale
from surveys.fingerprint import (
    FRAME_FIELDS,
    ensure_frame_unchanged,
    ensure_unchanged,
    frame_mark,
    whole_mark,
)
from surveys.forms.frame import frame_names
from surveys.models import Survey
from tests.factories.surveys import draft_survey

pytestmark = pytest.mark.django_db


def test_it_stands_for_every_field_of_the_form() -> None:
    assert {name.removesuffix("_id") for name in FRAME_FIELDS} == set(frame_names())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "別の名称"),
        ("state", "returned"),
        ("due_on", "2027-03-01"),
        ("notify_by_mail", True),
        ("stored_audience", {"kinds": ["town"]}),
    ],
)
def test_each_change_is_noticed(field: str, value: object) -> None:
    survey = draft_survey()
    seen = frame_mark(survey)
    Survey.objects.filter(pk=survey.pk).update(**{field: value})

    with pytest.raises(Stale):
        ensure_frame_unchanged(Survey.objects.get(), seen)


def test_the_questionnaire_counts_for_the_whole_alone() -> None:
    survey = draft_survey()
    frame, whole = frame_mark(survey), whole_mark(survey)
    survey.revisions.update(edit=7)

    ensure_frame_unchanged(survey, frame)
    with pytest.raises(Stale):
        ensure_unchanged(survey, whole)


def test_a_survey_read_anew_has_the_same_mark() -> None:
    survey = draft_survey()

    assert whole_mark(Survey.objects.get()) == whole_mark(survey)
    ensure_unchanged(survey, None)
