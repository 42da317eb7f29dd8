"""Small questionnaires for tests, and the six samples of the demo."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from surveys.questionnaire import (
    DefinitionError,
    Questionnaire,
    Respondent,
    parse_questionnaire,
)

CONTENT = Path(__file__).resolve().parents[3] / "onepublic" / "dev" / "content"
SAMPLES: list[dict[str, Any]] = json.loads((CONTENT / "sample_surveys.json").read_text("utf-8"))[
    "surveys"
]
KINDS = [
    "prefecture",
    "designated_city",
    "core_city",
    "special_ward",
    "city",
    "town",
    "village",
]
TOWN = Respondent("town", "01", False, "hokkaido")
PREFECTURE = Respondent("prefecture", "13", True, "kantoshinetsu")

Json = dict[str, Any]

# A busy machine must not fail a property: no test here judges time.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def seeded(seed: int) -> Random:
    """Return a generator that draws the same every time; nothing secret hangs on it."""
    return Random(seed)  # noqa: S311


def respondent(kind: str) -> Respondent:
    return Respondent(kind, "13", kind not in {"city", "town", "village"}, "kantoshinetsu")


def question(id_: str, type_: str, **more: Any) -> Json:
    return {"id": id_, "type": type_, "label": f"設問{id_}", "required": False, **more}


def number(id_: str, **more: Any) -> Json:
    return question(id_, "number", **{"unit": "人", "min": 0, "max": 1000, **more})


def text(id_: str, **more: Any) -> Json:
    return question(id_, "text", **{"max_length": 20, **more})


def yesno(id_: str, **more: Any) -> Json:
    return question(id_, "yesno", **more)


def single(id_: str, **more: Any) -> Json:
    options = [{"value": "1", "label": "一"}, {"value": "2", "label": "二"}]
    free = {"label": "内容", "required": True, "max_length": 10}
    options_with_text = [*options, {"value": "other", "label": "その他", "free_text": free}]
    return question(id_, "single", **{"options": options_with_text, **more})


def multiple(id_: str, **more: Any) -> Json:
    options = [
        {"value": "1", "label": "一"},
        {"value": "2", "label": "二"},
        {"value": "3", "label": "三"},
        {"value": "none", "label": "特になし", "exclusive": True},
    ]
    return question(id_, "multiple", **{"options": options, **more})


def table(id_: str, **more: Any) -> Json:
    parts = {
        "rows": [{"id": "r1", "label": "常勤"}, {"id": "r2", "label": "非常勤"}],
        "columns": [
            {"id": c, "label": label, "unit": "人", "min": 0, "max": 100}
            for c, label in (("m", "男"), ("f", "女"))
        ],
        "totals": {"row": True, "column": True},
    }
    return question(id_, "table", **{**parts, **more})


def rule(left: Json, op: str, right: Json, **more: Any) -> Json:
    parts = {"id": "rule-1", "level": "error", "message": "合いません。"}
    return {**parts, "left": left, "op": op, "right": right, **more}


def unique_rule(unique: Any, **more: Any) -> Json:
    parts = {"id": "rule-1", "level": "error", "message": "重複しています。"}
    return {**parts, "unique": unique, **more}


def document(*questions: Json, rules: tuple[Json, ...] = ()) -> Json:
    section = {"id": "s1", "title": "第1節", "questions": list(questions)}
    return {"sections": [section], "rules": list(rules)}


def parsed(*questions: Json, rules: tuple[Json, ...] = ()) -> Questionnaire:
    return parse_questionnaire(document(*questions, rules=rules))


def problems(definition: Json) -> list[str]:
    """Return why a definition is refused, as "where: reason" lines."""
    with pytest.raises(DefinitionError) as refusal:
        parse_questionnaire(definition)
    return [str(problem) for problem in refusal.value.problems]
