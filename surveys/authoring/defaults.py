"""What a new question of each type begins with, and what a change of type keeps."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any, Final

from surveys.authoring.finding import Json, StepRefused

NEW_LABEL: Final = "無題の設問"
_LABELS: Final = {"note": "説明", "calculated": "自動計算", "image": ""}
_SILENT: Final = frozenset({"note", "image", "calculated"})
_KEPT: Final = ("help", "visible_if", "carry_over", "allow_none")
_LISTS: Final = ("options", "rows", "columns")
_NUMERIC: Final = frozenset({"number", "currency", "percent", "scale", "calculated"})


def _options(count: int = 2) -> list[Json]:
    return [{"value": str(n), "label": f"選択肢{n}"} for n in range(1, count + 1)]


def _rows() -> list[Json]:
    return [{"id": f"r{n}", "label": f"行{n}"} for n in (1, 2)]


def _column(number: int) -> Json:
    return {"id": f"c{number}", "label": f"列{number}", "unit": "", "min": 0, "decimals": 0}


def _text_columns() -> list[Json]:
    return [{"id": f"c{n}", "label": f"列{n}", "type": "text", "max_length": 100} for n in (1, 2)]


_CONTENT: Final[Mapping[str, Callable[[], dict[str, Any]]]] = {
    "single": lambda: {"options": _options()},
    "multiple": lambda: {"options": _options()},
    "ranking": lambda: {"options": _options()},
    "number": lambda: {"unit": "", "min": 0, "decimals": 0},
    "currency": lambda: {"unit": "円", "min": 0},
    "percent": lambda: {"min": 0, "max": 100, "decimals": 1},
    "scale": lambda: {"min": 1, "max": 5, "min_label": "", "max_label": ""},
    "text": lambda: {"max_length": 100},
    "longtext": lambda: {"max_length": 500},
    "table": lambda: {
        "rows": _rows(),
        "columns": [_column(1)],
        "totals": {"row": False, "column": False},
    },
    "dynamic_table": lambda: {"columns": _text_columns(), "min_rows": 0, "max_rows": 20},
    "matrix": lambda: {"rows": _rows(), "options": _options()},
    "file": lambda: {"accept": [".pdf", ".xlsx", ".docx"], "max_files": 1, "max_mb": 10},
    "note": lambda: {"text": "ここに説明を書きます。"},
}


def blank_question(type_: str, earlier: Sequence[Json]) -> Json:
    """Return a question (without id) that parses as it is; an image still lacks its file.

    A calculated question reads a number among the ``earlier`` questions; StepRefused without one.
    """
    label = _LABELS.get(type_, NEW_LABEL)
    question: Json = {"type": type_} | ({"label": label} if label else {})
    if type_ not in _SILENT:
        question["required"] = False
    if type_ == "calculated":
        question |= {"formula": _first_amount(earlier), "unit": "", "decimals": 0}
    return question | _CONTENT.get(type_, dict)()


def converted(question: Json, blank: Json) -> Json:
    """Return ``blank`` with whatever of the question's content fits its type too."""
    label = question.get("label") or blank.get("label")
    kept: Json = {"label": label} if label else {}
    if blank["type"] not in _SILENT:
        kept["required"] = question.get("required", False)
        kept |= {key: question[key] for key in _KEPT if key in question}
    else:
        kept |= {key: question[key] for key in ("help", "visible_if") if key in question}
    kept |= {key: deepcopy(question[key]) for key in _LISTS if key in question and key in blank}
    if {question["type"], blank["type"]} == {"text", "longtext"}:
        kept["max_length"] = question["max_length"]
    if blank["type"] not in {"single", "multiple"}:
        _plain(kept.get("options", []))
    if blank["type"] == "single":
        for option in kept.get("options", []):
            option.pop("exclusive", None)
    return {**blank, **kept}


def _plain(options: list[Json]) -> None:
    for option in options:
        option.pop("exclusive", None)
        option.pop("free_text", None)


def _first_amount(earlier: Sequence[Json]) -> Json:
    for question in earlier:
        if question["type"] in _NUMERIC:
            return {"q": question["id"]}
        if question["type"] == "table":
            for column in question["columns"]:
                if column.get("type", "number") == "number":
                    return {"col_sum": [question["id"], column["id"]]}
    raise StepRefused("自動計算には、前に数値の設問が必要です。先に数値の設問を追加してください。")
