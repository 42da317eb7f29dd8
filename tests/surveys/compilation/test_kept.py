"""A snapshot written to a file says the same as the database did."""

from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import BadZipFile

import pytest

from surveys.actions import pull_back
from surveys.compilation.kept import KeptSnapshot, write_snapshot
from surveys.compilation.progress import Progress
from surveys.compilation.snapshot import Snapshot, snapshot_of
from surveys.models import Survey
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import answer, assignment_of, running_survey, submitted

pytestmark = pytest.mark.django_db(transaction=True)
STREAMS = ("owing", "submissions", "remarks", "attachments")


@pytest.fixture
def survey() -> Survey:
    """One village has handed in twice, another is typing."""
    done, working = (
        OrganizationFactory.create(code=f"01101{n}", name=f'第{n}"村\u2028\n') for n in range(2)
    )
    survey = running_survey(done, working)
    officer = person_at(done)
    first = submitted(assignment_of(survey, done), officer, staff="3", since="R8.4.1")
    pull_back(first, by=officer, reason="数え直し")
    submitted(assignment_of(survey, done), officer, staff="4")
    answer(assignment_of(survey, working), person_at(working), staff="8")
    return survey


def written(snapshot: Snapshot, survey: Survey) -> BytesIO:
    target = BytesIO()
    write_snapshot(target, snapshot, survey, Progress(lambda done: None))
    return target


def test_it_gives_back_what_was_written(survey: Survey) -> None:
    with snapshot_of(survey.pk) as snapshot:
        kept = KeptSnapshot(written(snapshot, survey))
        counts = snapshot.counts()
        asked = {name: list(getattr(snapshot, name)()) for name in STREAMS}

    assert kept.counts == counts
    assert kept.published == [survey.revisions.get().pk]
    found = {name: list(getattr(kept, name)()) for name in STREAMS if name != "owing"}
    assert found == {name: asked[name] for name in STREAMS if name != "owing"}
    (owing,) = kept.owing()
    assert (owing.name, owing.due_on) == ('第1"村\u2028\n', survey.due_on)
    assert type(owing.due_on) is date
    first, second = kept.rows()
    assert first.answers == {"staff": 4, "desk": False, "since": "2026-04-01"}
    assert (second.answers, second.submitted_at) == (None, None)
    submitted_at = survey.assignments.get(state="submitted").submitted_at
    assert first.submitted_at == submitted_at
    assert isinstance(first.submitted_at, datetime)
    assert first.submitted_at.utcoffset() == datetime.now(UTC).utcoffset()


def test_a_response_is_a_step(survey: Survey) -> None:
    progress = Progress(lambda done: None)

    with snapshot_of(survey.pk) as snapshot:
        write_snapshot(BytesIO(), snapshot, survey, progress)

    assert progress.done == 2


def test_half_of_one_is_none(survey: Survey) -> None:
    with snapshot_of(survey.pk) as snapshot:
        whole = written(snapshot, survey).getvalue()

    with pytest.raises(BadZipFile):
        KeptSnapshot(BytesIO(whole[: len(whole) // 2]))
