"""A drafter at the builder of a survey."""

from typing import Any

from django.test import Client

from surveys.authoring import Json, all_questions, find_question
from surveys.models import QuestionnaireRevision, Survey

HTMX = {"HX-Request": "true"}


class Desk:
    """What the drafter sends and what is then stored."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.address = f"/surveys/managed/{survey.pk}/questionnaire/"
        self.client = Client()
        self.client.force_login(survey.created_by)

    def get(self, path: str, **options: Any) -> str:
        response = self.client.get(self.address + path, **options)
        assert response.status_code == 200
        return response.content.decode()

    def post(self, path: str, sent: dict[str, Any], **options: Any) -> Any:
        return self.client.post(self.address + path, sent, **options)

    def step(self, do: str, *, edit: int | None = None, **options: Any) -> Any:
        seen = self.revision().edit if edit is None else edit
        return self.post("steps/", {"do": do, "revision": seen}, **options)

    def revision(self) -> QuestionnaireRevision:
        return QuestionnaireRevision.objects.filter(survey=self.survey).latest("number")

    def ids(self) -> list[str]:
        return [question["id"] for question in all_questions(self.revision().document)]

    def question(self, question_id: str) -> Json:
        return find_question(self.revision().document, question_id)[1]
