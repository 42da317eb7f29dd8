from datetime import timedelta

import pytest
from django.conf import settings

from accounts.models import User
from onepublic.core.wareki import wareki
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import render
from onepublic.notifications.subjects import prefecture_rounds, responses
from surveys.actions import close_survey
from surveys.actions.prefecture_rounds import RoundWords, write_round
from surveys.actions.proxies import begin_proxy, end_proxy
from tests.factories.accounts import person_at
from tests.surveys.prefecture import Area

pytestmark = pytest.mark.django_db


@pytest.fixture
def area() -> Area:
    return Area()


@pytest.fixture
def window(area: Area) -> User:
    return person_at(area.villages[0])


def letters(kind: str) -> list[str]:
    """What would be sent of the kind, as text, in the order of the events."""
    rows = OutboxMessage.objects.filter(kind=kind).select_related("person").order_by("subject_id")
    found = render(list(rows)).letters
    return [found[row.pk].text for row in rows if row.pk in found]


def test_a_municipality_is_led_to_what_is_written_for_it(area: Area, window: User) -> None:
    (asked,) = area.asked
    begin_proxy(
        asked,
        by=area.officer,
        consent_by="総務課長",
        consent_how="電話",
        reason="被災",
        may_submit=False,
    )
    end_proxy(asked, by=window)

    begun, ended = letters("proxy_entry")

    assert begun.startswith(f"{window.name} 様\n\n貴機関の同意に基づいて")
    assert f"/surveys/assignments/{asked.pk}/" in begun
    assert ended.startswith(f"{area.officer.name} 様\n\n次の調査の回答について、都道府県による")
    assert f"\n{settings.PORTAL_URL}/\n" in ended
    (message,) = OutboxMessage.objects.filter(kind="proxy_entry", person=window)
    subject = responses(window, [message.subject_id])[message.subject_id]
    assert subject.url == f"/surveys/assignments/{asked.pk}/"


def test_the_words_of_a_prefecture_stay_on_the_page(area: Area, window: User) -> None:
    day = area.survey.due_on - timedelta(days=1)
    words = RoundWords(note="内々の連絡", due_on=day)
    write_round(area.survey, by=area.officer, words=words, revision=0, tell=True)

    (text,) = letters("prefecture_round")

    assert f"{area.prefecture.name}から連絡があります。" in text
    assert f"都道府県への期限：{wareki(day)}" in text
    assert "内々の連絡" not in text
    (message,) = OutboxMessage.objects.filter(kind="prefecture_round")
    found = prefecture_rounds(window, [message.subject_id])
    assert [(each.title, each.url) for each in found.values()] == [(area.survey.title, "/surveys/")]


def test_nothing_is_sent_of_a_survey_that_has_closed(area: Area, window: User) -> None:
    words = RoundWords(note="連絡")
    write_round(area.survey, by=area.officer, words=words, revision=0, tell=True)
    close_survey(area.survey, by=area.survey.created_by)

    assert letters("prefecture_round") == []
