"""Must show 1 of issue 5: each sample and the survey of 300 questions, answered over the pages
and handed in; in Excel and in LibreOffice, the same values come in.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.states import Kind
from surveys.models import Assignment, Survey
from surveys.questionnaire import Questionnaire, to_json
from surveys.questionnaire.guesses import BODIES
from surveys.questionnaire.plausible import plausible_answers
from surveys.responses import load_response, respondent_of
from surveys.states import Origin
from surveys.views.showing import typed
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.stress import stress_questionnaire
from tests.factories.surveys import assignment_of, running_survey
from tests.surveys.answerbook import filling
from tests.surveys.answerbook.books import filled
from tests.surveys.answerbook.libreoffice import needs_libreoffice, saved
from tests.surveys.questionnaire.building import SAMPLES, Json, seeded

pytestmark = pytest.mark.django_db
SURVEYS = {
    **{str(sample["id"]): sample for sample in SAMPLES},
    "stress": stress_questionnaire(),
}
each_survey = pytest.mark.parametrize("name", SURVEYS)


class Office:
    """A core city, which every sample asks, and its officer's pages of one survey."""

    def __init__(self, survey: Survey, number: int) -> None:
        place = survey.assignments.order_by("pk")[number].organization
        self.asked: Assignment = assignment_of(survey, place)
        self.address = f"/surveys/assignments/{self.asked.pk}/"
        self.client = Client()
        self.client.force_login(person_at(place))

    @property
    def questionnaire(self) -> Questionnaire:
        return load_response(self.asked).questionnaire

    def answers(self, seed: int = 5) -> dict[str, object]:
        """What the officer has to say."""
        questionnaire, respondent = self.questionnaire, respondent_of(self.asked.organization)
        drawn = plausible_answers(questionnaire, respondent, seeded(seed))
        return {
            key: to_json(value)
            for key, value in drawn.items()
            if value is not None and not questionnaire.field(key).is_calculated
        }

    def type_all(self, answers: Mapping[str, object]) -> None:
        """Section by section, as far as the answers before show it."""
        for section in self.questionnaire.sections:
            if section.id not in load_response(self.asked).evaluation.visible_sections:
                continue
            page = f"{self.address}sections/{section.id}/"
            shown = self.client.get(page)
            form: dict[str, Any] = {"seen": shown.context["seen"]}
            for question in section.questions:
                for field in self.questionnaire.fields_of(question.id):
                    form[f"f-{field.key}"] = typed(field, answers.get(field.key))
            assert self.client.post(page, form).status_code == 302

    def hand_in(self) -> str:
        """Give a reason for each warning, and submit; the receipt's number."""
        review = self.client.get(f"{self.address}review/")
        reasons = dict.fromkeys(review.context["form"].fields, "事情による。")
        self.client.post(f"{self.address}submission/", reasons)
        self.asked.refresh_from_db()
        return self.asked.receipt_number or ""

    def workbook(self) -> bytes:
        response = self.client.get(f"{self.address}workbook/file/")
        return b"".join(response.streaming_content)  # type: ignore[attr-defined]

    def filled_in(self, answers: Mapping[str, object]) -> bytes:
        """The workbook with the answers typed into its cells."""
        return filled(self.workbook(), filling.typed(self.questionnaire, answers))

    def give_back(self, content: bytes) -> str:
        """Upload the workbook; the page that shows what it would change."""
        book = SimpleUploadedFile("回答.xlsx", content)
        given = self.client.post(f"{self.address}workbook/", {"book": book})
        return self.client.get(given.headers["Location"]).content.decode()

    def take_over(self, content: bytes) -> None:
        page = self.give_back(content)
        seen = re.search(r'name="seen" value="(\w+)"', page)
        assert seen is not None
        upload = self.asked.uploads.latest("pk")
        assert upload.reading["complaints"] == []
        self.client.post(f"{self.address}uploads/{upload.pk}/taking-over/", {"seen": seen[1]})

    def stored(self) -> Json:
        """What the portal holds and somebody gave, without what it calculated."""
        given = self.asked.answers.exclude(origin=Origin.CALCULATED)
        return dict(given.values_list("field", "value"))

    def calculated(self) -> Json:
        rows = self.asked.answers.filter(origin=Origin.CALCULATED)
        return dict(rows.values_list("field", "value"))


@pytest.fixture
def places() -> None:
    """The organizations that answers may name."""
    for kind, codes in BODIES.items():
        for code in codes:
            OrganizationFactory.create(code=code, kind=Kind(kind))


@pytest.fixture
def offices(name: str, places: None) -> tuple[Office, Office]:
    """Two core cities of the same survey."""
    return two_offices(name)


def two_offices(name: str) -> tuple[Office, Office]:
    cities = [OrganizationFactory.create(kind=Kind.CORE_CITY) for _ in range(2)]
    survey = running_survey(*cities, document=SURVEYS[name])
    return Office(survey, 0), Office(survey, 1)


@each_survey
def test_it_is_answered_over_the_pages_and_handed_in(offices: tuple[Office, Office]) -> None:
    office, _ = offices
    answers = office.answers()

    office.type_all(answers)
    receipt = office.hand_in()

    assert office.stored() == answers
    assert office.asked.submissions.get(receipt_number=receipt).values == answers | (
        office.calculated()
    )


@each_survey
def test_excel_brings_in_the_same_values_as_the_pages(offices: tuple[Office, Office]) -> None:
    on_pages, in_excel = offices
    answers = on_pages.answers()
    on_pages.type_all(answers)

    in_excel.take_over(in_excel.filled_in(answers))

    assert in_excel.stored() == on_pages.stored() == answers
    assert in_excel.calculated() == on_pages.calculated()
    assert in_excel.hand_in() != ""


@each_survey
def test_what_was_answered_on_the_pages_comes_back_unchanged(
    offices: tuple[Office, Office],
) -> None:
    office, _ = offices
    office.type_all(office.answers())

    office.give_back(office.workbook())

    assert office.asked.uploads.get().reading["entries"] == []


@needs_libreoffice
@pytest.mark.usefixtures("places")
def test_filled_in_and_saved_by_libreoffice_each_comes_in_equal(tmp_path: Path) -> None:
    offices = [two_offices(name)[0] for name in SURVEYS]
    answers = [office.answers() for office in offices]
    books = [office.filled_in(given) for office, given in zip(offices, answers, strict=True)]

    for office, book in zip(offices, saved(books, tmp_path), strict=True):
        office.take_over(book)

    assert [office.stored() for office in offices] == answers
    assert [office.hand_in() != "" for office in offices] == [True] * len(SURVEYS)
