import pytest

from bench import search
from bench.corpus import CHARACTERS, municipalities, texts
from notices.models import Notice, SearchEntry
from notices.search.facets import Chosen
from notices.search.finding import find
from onepublic.core.fulltext.query import parse


def test_the_invented_notices_are_the_same_each_time() -> None:
    once, again = list(texts(5)), list(texts(5))

    assert once == again
    assert {len(text.body) for text in once} == {CHARACTERS}
    assert len({text.title for text in once}) == 5
    assert len(municipalities()) == 1788


@pytest.mark.django_db
def test_the_ministry_finds_all_and_the_town_what_it_received() -> None:
    count = 40
    people = search.settle(count)

    for user in people:
        visible = Notice.objects.visible_to(user).published().count()
        assert find(user, parse(""), Chosen()).counts.total == visible
        search.first_page(user, "予防")
        search.first_page(user, "予防接種", ranked=True)
    assert SearchEntry.objects.visible_to(people[0]).count() == count
    assert 0 < SearchEntry.objects.visible_to(people[1]).count() <= count
