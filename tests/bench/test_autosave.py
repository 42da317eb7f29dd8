import pytest
from pytest_django import Settings

from bench import bare
from bench.answering import FIELD, Desk, day, full_desks
from bench.autosave import _count, _saves
from surveys.models import Answer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(settings: Settings) -> Desk:
    """An officer with a full response; the bare view is among the addresses."""
    settings.ROOT_URLCONF = bare.__name__
    (found,) = full_desks(1)
    return found


def test_a_save_asks_eight_times_where_a_bare_view_asks_five_times(desk: Desk) -> None:
    autosave, bare_write = _saves(desk)

    assert (_count(autosave), _count(bare_write)) == (8, 5)


def test_both_write_one_row_of_answers(desk: Desk) -> None:
    autosave, bare_write = _saves(desk)
    before = dict(Answer.objects.values_list("pk", "revision"))

    autosave()
    bare_write()

    after = dict(Answer.objects.values_list("pk", "revision"))
    changed = {key for key, revision in after.items() if revision != before[key]}
    assert len(changed) == 2
    assert Answer.objects.get(field=FIELD).value == day(1)


def test_every_desk_has_the_same_full_answers() -> None:
    first, second = full_desks(2)

    values = [
        dict(desk.assignment.answers.values_list("field", "value")) for desk in (first, second)
    ]

    assert values[0] == values[1]
    assert len(values[0]) > 400
