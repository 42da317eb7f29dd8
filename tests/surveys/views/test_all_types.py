import html
import re
from typing import Any

import pytest
from django.test import Client

from surveys.models import Assignment
from tests.factories.accounts import person_at
from tests.factories.surveys import DOCUMENT, answer, assignment
from tests.surveys.questionnaire.all_types import ALL_NEW
from tests.surveys.questionnaire.building import number

pytestmark = pytest.mark.django_db

QUESTIONS = [number("n1"), *ALL_NEW]
SECTION = {"id": "new", "title": "新しい形式", "questions": QUESTIONS}


@pytest.fixture
def asked(client: Client) -> Assignment:
    """An assignment with every type of question whose drafter has signed in."""
    document: dict[str, Any] = DOCUMENT | {"sections": [*DOCUMENT["sections"], SECTION]}
    found = assignment(document=document)
    client.force_login(person_at(found.organization))
    return found


def answered(asked: Assignment) -> None:
    typed: dict[str, Any] = {"n1": "20", "year": "R8", "month": "R8.11", "rank": ["c", "a"]}
    cells = {"more__2__n": "7", "table__r1__n": "5", "matrix__r1": "b"}
    answer(asked, person_at(asked.organization), **typed, **cells)


def test_a_section_with_every_type_can_be_opened(client: Client, asked: Assignment) -> None:
    answered(asked)

    page = client.get(f"/surveys/assignments/{asked.pk}/sections/new/")

    shown = re.findall(r'data-question="(\w+)"( hidden)?', page.content.decode())
    assert shown == [(q["id"], "") for q in QUESTIONS]


def test_answers_of_every_type_can_be_read(client: Client, asked: Assignment) -> None:
    answered(asked)

    page = html.unescape(client.get(f"/surveys/assignments/{asked.pk}/review/").content.decode())

    words = [
        "令和８年度",
        "令和８年11月",
        "1位 周知、2位 人材",
        "窓口：財源",
        "広報：（空欄）",
        "25円",
    ]
    assert [word for word in words if word not in page] == []
    assert re.findall(r"(\d)行目", page) == ["1", "2"]
