"""Which part of a large questionnaire stands open: one section, or the rules, so that the page of
300 questions is as quick as that of 20.
"""

from typing import Final

from django.urls import reverse
from django.utils.http import urlencode

from surveys.authoring import Json, all_questions
from surveys.models import QuestionnaireRevision

MOST_WHOLE: Final = 60
"""With more questions, one part at a time is shown."""
AT: Final = "at"
"""The name under which a page says what it is about: the id of a section, question or rule."""
RULES: Final = ".rules"
"""In its place: the rules. No id has a dot."""


def opened_part(document: Json, *wanted: str) -> str | None:
    """The id of the section (or RULES) that holds the first of the wanted parts that is there,
    else of the first section; None where everything is shown.
    """
    if sum(1 for _ in all_questions(document)) <= MOST_WHOLE:
        return None
    parts = (_holder(document, part_id) for part_id in wanted)
    return next(filter(None, parts), document["sections"][0]["id"])


def changed_part(before: Json, after: Json) -> str:
    """The first section that is new or different, else RULES where these are; "" for neither."""
    for section in after["sections"]:
        if section not in before["sections"]:
            return str(section["id"])
    return RULES if after.get("rules", []) != before.get("rules", []) else ""


def page_address(revision: QuestionnaireRevision, about: str = "", *wanted: str) -> str:
    """The address of the page at the part ``about``, or where one of the wanted stands open."""
    opened = opened_part(revision.document, about, *wanted)
    query = f"?{urlencode({AT: opened})}" if opened else ""
    anchor = f"#card-{about}" if about else ""
    return reverse("surveys:questionnaire", args=[revision.survey_id]) + query + anchor


def _holder(document: Json, part_id: str) -> str:
    if part_id == RULES or part_id in {rule["id"] for rule in document.get("rules", [])}:
        return RULES
    for section in document["sections"]:
        if part_id == section["id"] or part_id in {each["id"] for each in section["questions"]}:
            return str(section["id"])
    return ""
