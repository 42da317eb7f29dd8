"""The pages of surveys fit their window, name their controls and keep to the policy."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from surveys.actions import request_compilation
from surveys.actions.proxies import begin_proxy
from surveys.states import PrefecturePart
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import answer, assignment, assignment_of, running_survey, submitted
from tests.surveys.browser.signing_in import sign_in
from tests.surveys.prefecture import Area

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNNAMED = """() => [...document.querySelectorAll(
    "input:not([type=hidden]), select, textarea, button, a")]
  .filter((e) => !(e.labels?.length || e.textContent.trim() || e.getAttribute("aria-label") ||
    e.getAttribute("aria-labelledby")?.split(" ").every((id) => document.getElementById(id))))
  .map((e) => e.outerHTML)"""
DANGLING = """() => [...document.querySelectorAll("[aria-describedby]")]
  .flatMap((e) => e.getAttribute("aria-describedby").split(" "))
  .filter((id) => !document.getElementById(id))"""
REPEATED = """() => { const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  return ids.filter((id, place) => ids.indexOf(id) !== place); }"""


def of_the_asked() -> tuple[User, list[str]]:
    asked = assignment()
    done = submitted(assignment(organization=asked.organization))
    person = person_at(asked.organization)
    answer(asked, person, desk="true", staff="1", form="9", cases__new__m="x")
    own = f"/surveys/assignments/{asked.pk}/"
    pages = ["", "sections/s1/?check=1", "sections/s2/", "review/"]
    receipt = f"/surveys/assignments/{done.pk}/receipt/"
    return person, ["/surveys/", *(own + page for page in pages), receipt]


def of_the_ministry() -> tuple[User, list[str]]:
    villages = OrganizationFactory.create_batch(3)
    survey = running_survey(*villages)
    submitted(assignment_of(survey, villages[0]))
    compilation = request_compilation(survey, by=survey.created_by)
    managed = "/surveys/managed/"
    compiled = f"{managed}compilations/{compilation.pk}/"
    return survey.created_by, [managed, f"{managed}{survey.pk}/", compiled]


def of_a_prefecture() -> tuple[User, list[str]]:
    area = Area(3, prefecture_part=PrefecturePart.CHECK)
    done, helped, _ = area.asked
    submitted(done)
    consent = {"consent_by": "総務課長", "consent_how": "電話", "reason": "被災"}
    begin_proxy(helped, by=area.officer, may_submit=True, **consent)
    managed = f"/surveys/managed/{area.survey.pk}/municipalities/"
    proxied = f"/surveys/assignments/{helped.pk}/"
    return area.officer, [
        managed,
        f"{managed}?show=waiting",
        f"{managed}note/",
        f"{managed}{area.asked[2].pk}/proxy/",
        f"/surveys/assignments/{done.pk}/checking/",
        proxied,
        f"{proxied}sections/s1/",
        f"{proxied}review/",
    ]


@pytest.mark.parametrize("of_whom", [of_the_asked, of_the_ministry, of_a_prefecture])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_pages_fit_name_their_controls_and_are_quiet(
    live_server: LiveServer, browser_page: Page, of_whom: object, width: int
) -> None:
    assert callable(of_whom)
    person, paths = of_whom()
    complaints: list[str] = []
    browser_page.on("console", lambda line: complaints.append(line.text))
    browser_page.on("pageerror", lambda error: complaints.append(str(error)))
    browser_page.set_viewport_size({"width": width, "height": 900})
    sign_in(browser_page.context, live_server.url, person)

    found = {}
    for path in paths:
        browser_page.goto(f"{live_server.url}{path}")
        found[path] = [
            browser_page.evaluate(question) for question in (OVERFLOW, UNNAMED, DANGLING, REPEATED)
        ]

    assert found == {path: [0, [], [], []] for path in paths}
    assert complaints == []
