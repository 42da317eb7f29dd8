"""``manage.py index_notices``: what was published before search knew of it is found after it."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import Organization
from notices.actions.withdrawing import withdraw
from notices.models import SearchEntry, UnmatchedNotice
from notices.search.facets import Chosen
from notices.search.finding import find
from onepublic.core.fulltext.query import parse
from tests.factories.accounts import person_at
from tests.factories.notices import answered_question, approver_of, drafter_of, published

pytestmark = pytest.mark.django_db


def indexed() -> str:
    said = StringIO()
    call_command("index_notices", stdout=said)
    return said.getvalue()


def test_what_was_never_indexed_is_found_with_what_was_answered(town: Organization) -> None:
    officer = person_at(town)
    notice = published(to=[town])
    answered_question(notice, by=officer, answered_by=drafter_of(notice.division))
    SearchEntry.objects.all().delete()
    UnmatchedNotice.objects.all().delete()

    said = [indexed(), indexed()]

    assert said == ["通知 1件を登録しました。\n"] * 2
    assert list(find(officer, parse("押印は不要"), Chosen()).notices) == [notice.pk]
    assert not UnmatchedNotice.objects.exists()


def test_what_was_withdrawn_stays_out(town: Organization) -> None:
    notice = published(to=[town])
    withdraw(notice, by=approver_of(notice.division), reason="誤りがあったため。")

    assert indexed() == "通知 0件を登録しました。\n"
    assert not SearchEntry.objects.exists()
