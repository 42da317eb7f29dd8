import json

import pytest
from django.db import DatabaseError, connection

from surveys.compilation.rows import Counts
from surveys.compilation.snapshot import Snapshot, snapshot_of
from surveys.models import Survey
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import answer, assignment_of, running_survey, submitted

ANSWERS = -2

pytestmark = pytest.mark.django_db(transaction=True)


def two_villages() -> Survey:
    """One has submitted, the other has typed something."""
    done, working = OrganizationFactory.create_batch(2)
    survey = running_survey(done, working)
    submitted(assignment_of(survey, done))
    answer(assignment_of(survey, working), person_at(working), staff="8")
    return survey


def test_it_counts_and_reads_every_organization_asked() -> None:
    survey = two_villages()

    with snapshot_of(survey.pk) as snapshot:
        counts, rows = snapshot.counts(), list(snapshot.rows())

    codes = survey.assignments.order_by("organization__code")
    assert counts == Counts(counts.taken_at, asked=2, submitted=1, drafting=1)
    assert [row[0] for row in rows] == list(codes.values_list("organization__code", flat=True))
    assert [row[ANSWERS] and json.loads(row[ANSWERS]) for row in rows] == [
        {"staff": 3, "desk": False},
        None,
    ]


def _counts_before_and_rows_after(snapshot: Snapshot, survey: Survey) -> tuple[int, int]:
    """How many have submitted, read before and after the other village submits."""
    before = snapshot.counts().submitted
    working = survey.assignments.get(state="drafting")
    submitted(assignment_of(survey, working.organization))
    after = sum(row[ANSWERS] is not None for row in snapshot.rows())
    return before, after


def test_a_submission_meanwhile_is_not_half_in_it() -> None:
    survey = two_villages()

    with snapshot_of(survey.pk) as snapshot:
        assert _counts_before_and_rows_after(snapshot, survey) == (1, 1)


def test_an_ordinary_connection_would_see_both_moments() -> None:
    survey = two_villages()

    assert _counts_before_and_rows_after(Snapshot(connection, survey.pk), survey) == (1, 2)


def test_it_can_write_nothing() -> None:
    survey = two_villages()

    with snapshot_of(survey.pk) as snapshot, pytest.raises(DatabaseError):
        snapshot._reader.cursor().execute("DELETE FROM surveys_answer")


def test_a_revision_published_meanwhile_is_not_in_it() -> None:
    survey = two_villages()
    in_force = survey.revisions.get()

    with snapshot_of(survey.pk) as snapshot:
        snapshot.counts()
        later = survey.revisions.get()
        later.pk, later.number = None, 2
        later.save()
        seen = snapshot.published()

    assert seen == [in_force.pk]
    assert Snapshot(connection, survey.pk).published() == [in_force.pk, later.pk]
