"""The whole story with four people in four browsers, a real worker and a real post box."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e import notice_chapter, survey_chapter
from tests.e2e.world import World, open_sample_survey
from tests.faults.station import Station
from tests.smtp_sink import SmtpSink

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_notice_is_acknowledged_and_a_survey_compiled(
    world: World,
    desk: Callable[..., Page],
    workers: Station,
    post_box: SmtpSink,
    complaints: list[str],
) -> None:
    drafter, approver, officer, owner = desk(), desk(), desk(), desk()

    notice_chapter.tell(
        world, drafter=drafter, approver=approver, officer=officer, post_box=post_box
    )
    survey = open_sample_survey(world)
    survey_chapter.tell(world, survey, officer=officer, owner=owner)

    assert complaints == []
