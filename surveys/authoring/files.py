"""A questionnaire as a file of its own: JSON, as docs/questionnaire.md describes it."""

import json
from typing import Final

from surveys.authoring.finding import Json, StepRefused
from surveys.authoring.performing import Done

FORMAT: Final = "onepublic-questionnaire"
NOT_JSON: Final = "JSONとして読み取れません（{line}行目の{column}文字目）。"
NOT_OURS: Final = "調査票のファイルではありません。「sections」のあるJSONを選んでください。"
HALF_CHARACTER: Final = "使用できない文字（対になっていないサロゲート）が含まれています。"
NOT_TEXT: Final = "文字コードがUTF-8ではないため、読み取れません。"


def written_file(document: Json, title: str) -> str:
    """Return the questionnaire as the text of a file, the same text for the same questions."""
    content = {
        "format": FORMAT,
        "title": title,
        "sections": document["sections"],
        "rules": document.get("rules", []),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def read_file(content: bytes) -> Json:
    """Return the sections and rules in a file.

    Raises StepRefused with what is wrong and where when it is no such file; whether the questions
    make a questionnaire is judged by the step that takes them over.
    """
    try:
        return read_text(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise StepRefused(NOT_TEXT) from None


def read_text(text: str) -> Json:
    """The same of the text of a file."""
    try:
        held = json.loads(text, object_hook=_with_values)
        json.dumps(held, ensure_ascii=False).encode()  # an escape may hide half a character
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "column": error.colno}
        raise StepRefused(NOT_JSON.format(**where)) from None
    except UnicodeEncodeError:
        raise StepRefused(HALF_CHARACTER) from None
    except (ValueError, RecursionError):  # a number of thousands of digits; no end of brackets
        raise StepRefused(NOT_OURS) from None
    if not isinstance(held, dict) or not isinstance(held.get("sections"), list):
        raise StepRefused(NOT_OURS)
    for section in held["sections"]:
        if isinstance(section, dict):
            section.setdefault("questions", [])
    return {"sections": held["sections"], "rules": held.get("rules", [])}


def _with_values(members: Json) -> Json:
    """Null says no more than a key that is not there, and only that is looked for later."""
    return {key: value for key, value in members.items() if value is not None}


def take_over(document: Json, held: Json) -> Done:
    """Put the questions of a file in the place of all that are there."""
    taken = {**document, "sections": held["sections"], "rules": held["rules"]}
    return Done(taken, "ファイルの調査票に置き換えました。")
