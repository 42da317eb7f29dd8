import json
from typing import Any

import pytest

from surveys.authoring import StepRefused, perform, read_file, take_over, written_file
from surveys.questionnaire import DefinitionError
from tests.factories.surveys import DOCUMENT
from tests.surveys.questionnaire.building import SAMPLES

NOT_OURS = "調査票のファイルではありません。「sections」のあるJSONを選んでください。"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["id"])
def test_a_questionnaire_comes_back_from_its_file(sample: dict[str, Any]) -> None:
    text = written_file(sample, sample["title"])

    held = read_file(text.encode())

    assert held == {"sections": sample["sections"], "rules": sample["rules"]}


def test_a_mark_of_byte_order_is_no_mistake() -> None:
    text = "\ufeff" + written_file(DOCUMENT, "題")

    assert read_file(text.encode())["sections"] == DOCUMENT["sections"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"sections": [\n  {"id" 1}]}', "JSONとして読み取れません（2行目の9文字目）。"),
        ("調査".encode("cp932"), "文字コードがUTF-8ではないため、読み取れません。"),
        (b"[1, 2]", NOT_OURS),
        (
            b"[" * 100_000,
            "調査票のファイルではありません。「sections」のあるJSONを選んでください。",
        ),
        (b'{"sections": [' + b"1" * 5_000 + b"]}", NOT_OURS),
        (
            rb'{"sections": ["\ud800"]}',
            "使用できない文字（対になっていないサロゲート）が含まれています。",
        ),
    ],
)
def test_what_is_no_such_file_is_refused_with_the_place(content: bytes, reason: str) -> None:
    with pytest.raises(StepRefused) as refusal:
        read_file(content)

    assert str(refusal.value) == reason


def test_null_is_the_same_as_nothing() -> None:
    text = (
        '{"sections": [{"id": "s", "title": "t", "help": null, "questions": null}], "rules": null}'
    )

    held = read_file(text.encode())

    assert held == {"sections": [{"id": "s", "title": "t", "questions": []}], "rules": []}


def test_taking_over_replaces_all_questions_and_remembers_used_ids() -> None:
    before = {**DOCUMENT, "used": {"q": 40}}
    sample = SAMPLES[0]

    done = perform(
        before, lambda document: take_over(document, read_file(json.dumps(sample).encode()))
    )

    assert done.document["sections"] == sample["sections"]
    assert done.document["used"]["q"] >= 40


def test_a_file_that_makes_no_questionnaire_is_refused() -> None:
    held = {"sections": [{"id": "s", "title": "節", "questions": [{"id": "q"}]}], "rules": []}

    with pytest.raises(DefinitionError) as refusal:
        perform(DOCUMENT, lambda document: take_over(document, held))

    assert {problem.where for problem in refusal.value.problems} == {"q"}
