"""After a disaster: the towns of one prefecture get a later day without having asked for it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from onepublic.core.wareki import wareki
from tests.e2e.pages import field, follow, heading, picture, press
from tests.face.axe import violations
from tests.factories.accounts import OrganizationFactory, PrefectureFactory, person_at
from tests.factories.surveys import assignment_of, running_survey, submitted
from tests.surveys.browser.signing_in import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
REASON = "令和８年の台風の被害のため。"


@pytest.mark.parametrize("script", [True, False], ids=["with_script", "without_script"])
def test_the_towns_of_a_prefecture_and_a_single_one_get_more_time(
    live_server: LiveServer, desk: Callable[..., Page], complaints: list[str], script: bool
) -> None:
    struck, calm = PrefectureFactory.create_batch(2)
    done, owing = OrganizationFactory.create_batch(2, prefecture=struck)
    single = OrganizationFactory.create(prefecture=calm)
    survey = running_survey(done, owing, single)
    submitted(assignment_of(survey, done))
    day = survey.due_on + timedelta(days=14)
    page, town = desk(java_script_enabled=script), desk(java_script_enabled=script)
    sign_in(page.context, live_server.url, survey.created_by)
    sign_in(town.context, live_server.url, person_at(owing))

    page.goto(f"/surveys/managed/{survey.pk}/")
    page.get_by_role("link", name="期限の延長の申請").click()
    follow(page, "申請のない団体の期限を延ばす")
    page.get_by_label("都道府県").select_option(struck.prefecture_code)
    page.get_by_label("状態").select_option(label="すべて")
    press(page, "絞り込む")
    follow(page, "この条件の未提出の団体の期限を延ばす")
    heading(page, "1団体の回答期限を延ばす")
    expect(page.get_by_role("main")).to_contain_text("提出済みなどの1団体は対象外です")
    press(page, "1団体の期限を延ばす")
    expect(page.get_by_role("alert")).to_contain_text("新しい回答期限")
    field(page, "新しい回答期限").fill(wareki(day))
    field(page, "延長の理由").fill(REASON)
    wrong = look(page, "time-giving", script)
    press(page, "1団体の期限を延ばす")
    expect(page.get_by_text("1団体の回答期限を")).to_be_visible()
    wrong += look(page, "time-given", script)
    follow(page, "申請のない団体の期限を延ばす")
    press(page, "選んだ団体の期限を延ばす")
    expect(page.get_by_text("期限を延ばす団体を選んでください。")).to_be_visible()
    page.get_by_label(single.full_name, exact=True).check()
    wrong += look(page, "time-giving-list", script)
    press(page, "選んだ団体の期限を延ばす")
    field(page, "新しい回答期限").fill((timezone.localdate() - timedelta(days=1)).isoformat())
    field(page, "延長の理由").fill(REASON)
    press(page, "1団体の期限を延ばす")
    expect(page.get_by_role("main")).to_contain_text("今日以後の日にしてください")
    field(page, "新しい回答期限").fill(day.isoformat())
    press(page, "1団体の期限を延ばす")
    expect(page.get_by_role("region", name="申請によらない延長").locator("tbody tr")).to_have_count(
        2
    )

    town.goto(f"/surveys/assignments/{assignment_of(survey, owing).pk}/")
    expect(town.get_by_role("main")).to_contain_text(wareki(day))
    follow(town, "期限の延長を申請する")
    expect(town.get_by_role("row", name="申請によらない延長")).to_contain_text(REASON)
    wrong += look(town, "time-given-town", script)
    days = [assignment_of(survey, place).extended_to for place in (done, owing, single)]
    assert days == [None, day, day]
    assert (wrong, complaints) == ([], [])


def look(page: Page, name: str, script: bool) -> list[str]:
    """A picture where they are wanted, and what axe finds where scripts run."""
    if not script:
        return []
    picture(page, name)
    return violations(page)
