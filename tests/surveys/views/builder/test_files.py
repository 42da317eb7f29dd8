import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from surveys.authoring import written_file
from tests.factories.surveys import draft_survey
from tests.surveys.questionnaire.building import SAMPLES
from tests.surveys.views.builder.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(draft_survey())


def given(desk: Desk, content: bytes) -> Any:
    file = SimpleUploadedFile("調査票.json", content)
    return desk.post("import/", {"file": file, "revision": desk.revision().edit})


def test_the_file_holds_the_questions_under_the_survey_s_name(desk: Desk) -> None:
    response = desk.client.get(desk.address + "file/")

    assert json.loads(response.content)["sections"] == desk.revision().document["sections"]
    assert "filename*=utf-8''%E8%AA%BF%E6%9F%BB%E7%A5%A8_" in response["Content-Disposition"]


def test_a_file_replaces_the_questions_and_undo_brings_them_back(desk: Desk) -> None:
    before = desk.ids()

    response = given(desk, written_file(SAMPLES[0], "見本").encode())
    after = desk.ids()
    desk.step("undo")

    assert response.status_code == 302
    assert after == [q["id"] for s in SAMPLES[0]["sections"] for q in s["questions"]]
    assert desk.ids() == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "JSONとして読み取れません（1行目の2文字目）。"),
        (b'{"sections": [{"id": "s", "title": "t", "questions": [{"id": "q"}]}]}', "q"),
        (b" " * 2_000_001, "ファイルが大きすぎます。2MBまでのファイルを選んでください。"),
    ],
)
def test_a_bad_file_changes_nothing_and_says_why(desk: Desk, content: bytes, words: str) -> None:
    before = desk.revision().document

    response = given(desk, content)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert desk.revision().document == before
