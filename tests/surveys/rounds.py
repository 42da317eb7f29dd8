"""Two rounds of one survey for one village: last year's was handed in."""

from collections.abc import Sequence
from typing import Any

from surveys.models import Assignment, Survey
from tests.factories.accounts import OrganizationFactory
from tests.factories.surveys import assignment, running_survey, submitted


def document(*, unit: str = "人", form: str = "1") -> dict[str, Any]:
    """A number, a choice and a text that may be taken over, and a text that may not; with the
    number's ``unit`` and the value of the first option.
    """
    carried = {"required": False, "carry_over": True}
    options = [{"value": form, "label": "直営"}, {"value": "2", "label": "委託"}]
    questions = [
        {"id": "staff", "type": "number", "label": "職員数", "unit": unit, **carried},
        {"id": "form", "type": "single", "label": "運営", "options": options, **carried},
        {"id": "name", "type": "text", "label": "名称", "max_length": 20, **carried},
        {
            "id": "year",
            "type": "text",
            "label": "今年度の取組",
            "max_length": 20,
            "required": False,
        },
    ]
    return {"sections": [{"id": "s1", "title": "体制", "questions": questions}], "rules": []}


LAST: dict[str, Any] = {"staff": "10", "form": "1", "name": "相談窓口", "year": "研修"}


def second_round(*, rules: Sequence[Any] = (), **changed: str) -> Assignment:
    """This year's assignment; ``changed`` is what :func:`document` has else."""
    village = OrganizationFactory.create()
    before = assignment(organization=village, document=document())
    submitted(before, **LAST)
    survey = running_survey(village, document={**document(**changed), "rules": list(rules)})
    Survey.objects.filter(pk=survey.pk).update(previous=before.survey)
    return Assignment.objects.with_survey().get(survey=survey)
