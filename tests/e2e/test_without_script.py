"""The same story in browsers that run no script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from accounts.states import Kind
from surveys.actions import request_compilation
from surveys.compilation.running import run
from surveys.models import Assignment, Compilation
from tests.e2e import notice_steps, survey_steps
from tests.e2e.answers import SECTIONS
from tests.e2e.notice_chapter import PDF
from tests.e2e.pages import cells_of, follow, go, heading, press
from tests.e2e.people import sign_in
from tests.e2e.survey_chapter import assert_holds
from tests.e2e.world import YOKOHAMA, World, listed, open_sample_survey

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

TEXT = notice_steps.Text(title="全ての団体への通知")
FILE: FilePayload = {"name": "別添_様式.pdf", "mimeType": "application/pdf", "buffer": PDF}
LOCAL = [str(kind.label) for kind in Kind if kind not in {Kind.MINISTRY, Kind.REGIONAL_BUREAU}]


def test_a_notice_goes_to_every_local_government(world: World, desk: Callable[..., Page]) -> None:
    drafter, approver, officer = (desk(java_script_enabled=False) for _ in range(3))
    sign_in(drafter, world.drafter)
    notice_steps.write(drafter, TEXT)
    notice_steps.attach(drafter, [FILE])
    follow(drafter, "宛先を選ぶ")
    notice_steps.choose_kinds(drafter, LOCAL)
    press(drafter, "件数を確かめる")
    notice_steps.see_count(drafter, listed())
    notice_steps.save_audience(drafter, count=1788)
    notice_steps.submit(drafter)

    sign_in(approver, world.approver)
    notice_steps.open_draft(approver, TEXT.title)
    notice_steps.publish(approver, organizations=1788)

    sign_in(officer, world.officer)
    go(officer, "受信した通知")
    follow(officer, TEXT.title)
    assert notice_steps.download(officer, FILE["name"]) == PDF
    notice_steps.acknowledge(officer)
    approver.reload()
    follow(approver, "開封と確認の状況")
    assert cells_of(approver, "合計") == ["1,788", "1", "0.1%", "1", "0.1%"]


def test_a_survey_is_answered_to_the_receipt(world: World, desk: Callable[..., Page]) -> None:
    survey = open_sample_survey(world)
    officer = desk(java_script_enabled=False)
    sign_in(officer, world.officer)
    go(officer, "回答する調査")
    follow(officer, survey.title)
    follow(officer, "回答者")
    for title, entries in SECTIONS.items():
        heading(officer, title)
        survey_steps.answer_without_script(officer, entries)
        survey_steps.next_section(officer, last=title == "その他")
    survey_steps.explain_and_submit(officer)
    heading(officer, "提出の控え")

    number = Assignment.objects.get(organization__code=YOKOHAMA).receipt_number
    assert number
    expect(officer.get_by_text(number)).to_be_visible()
    compilation = request_compilation(survey, by=world.owner)
    run(compilation.pk)
    made = Compilation.objects.get(pk=compilation.pk).file
    assert made is not None
    with made.open() as workbook:
        assert_holds(workbook.read(), number)
