"""A survey of 300 questions in 20 sections, with every type, for tests of speed and endurance.

Nothing in it is drawn: the same document in every run.
"""

from collections.abc import Callable
from typing import Any, Final

Json = dict[str, Any]

SECTIONS: Final = 20
QUESTIONS: Final = 300
_OPTIONS: Final = [{"value": f"o{number}", "label": f"選択肢{number}"} for number in range(1, 7)]
_OTHER: Final = {
    "value": "other",
    "label": "その他",
    "free_text": {"label": "内容", "required": True, "max_length": 100},
}
_NONE: Final = {"value": "none", "label": "特になし", "exclusive": True}
_PEOPLE: Final = {"unit": "人", "min": 0, "max": 100_000}
_TABLE: Final = {
    "rows": [{"id": f"r{row}", "label": f"区分{row}"} for row in range(1, 9)],
    "columns": [
        {"id": f"c{column}", "label": f"年齢{column}", **_PEOPLE} for column in range(1, 5)
    ],
    "totals": {"row": True, "column": True},
}
_GROWING: Final = {
    "columns": [
        {"id": "name", "label": "施設の名称", "type": "text", "max_length": 60, "required": True},
        {"id": "seats", "label": "定員", **_PEOPLE, "required": True},
        {"id": "kind", "label": "種別", "type": "single", "options": _OPTIONS},
        {"id": "since", "label": "開設日", "type": "date"},
        {"id": "open", "label": "休日の利用", "type": "yesno"},
    ],
    "min_rows": 1,
    "max_rows": 20,
    "totals": {"column": True},
}
# The keys of each type beside those that all questions share.
_TYPES: Final[dict[str, Json]] = {
    "single": {"options": [*_OPTIONS, _OTHER]},
    "multiple": {"options": [*_OPTIONS, _OTHER, _NONE], "min_select": 1},
    "text": {"max_length": 100},
    "number": {"unit": "件", "min": 0, "max": 10_000},
    "percent": {},
    "scale": {"min": 1, "max": 5, "min_label": "不十分", "max_label": "十分"},
    "ranking": {"options": _OPTIONS, "max_rank": 3},
    "longtext": {"max_length": 1000},
    "year": {"min": 1990, "max": 2030, "fiscal": True},
    "month": {"min": "2020-04", "max": "2027-03"},
    "organization": {},
    "email": {},
    "tel": {},
    "url": {},
    "matrix": {
        "rows": [{"id": f"r{row}", "label": f"項目{row}"} for row in range(1, 6)],
        "options": _OPTIONS,
    },
    "file": {"accept": [".pdf"], "max_files": 1, "max_mb": 5, "required": False},
    "note": {"text": "次の設問は、令和８年４月１日現在で回答してください。"},
    "image": {"file": "example", "alt": "記入例"},
}
_SILENT: Final = ("note", "image", "calculated")
_NAMES: Final = tuple(_TYPES)


def stress_questionnaire() -> Json:
    """Return the document: conditions across sections, 62 rules, 10 calculated numbers."""
    sections = [_section(number) for number in range(SECTIONS)]
    rules = [rule for number in range(SECTIONS) for rule in _rules(number)]
    return {"sections": sections, "rules": rules}


def _section(number: int) -> Json:
    earlier = f"s{number - 1}"
    shown = {"q": f"{earlier}-staff", "op": "ge", "value": 1} if number % 4 == 3 else None
    return {
        "id": f"s{number}",
        "title": f"第{number + 1}節",
        "visible_if": shown,
        "questions": [*_head(number), *_middle(number), *_tail(number)],
    }


def _question(section: int, name: str, type_: str, **more: Any) -> Json:
    needed = {} if type_ in _SILENT else {"required": True}
    shared = {"id": f"s{section}-{name}", "type": type_, "label": f"{section + 1}節の{name}"}
    return {**shared, **needed, **more}


def _head(number: int) -> list[Json]:
    """Five questions that conditions and rules read."""
    yes = {"q": f"s{number}-done", "op": "eq", "value": True}
    return [
        _question(number, "done", "yesno"),
        _question(number, "staff", "number", **_PEOPLE),
        _question(number, "full", "number", **_PEOPLE, visible_if=yes),
        _question(number, "cost", "currency", unit="千円", min=0, max=1_000_000),
        _question(number, "since", "date", min="2020-04-01", max="2026-04-01"),
    ]


def _middle(number: int) -> list[Json]:
    """Eight questions, all types in turn; every third waits for an answer two sections earlier."""
    asked = []
    for place in range(8):
        type_ = _NAMES[(number * 8 + place) % len(_NAMES)]
        more = dict(_TYPES[type_])
        if place % 3 == 2 and number > 1:
            more["visible_if"] = _condition(number - 2)
        asked.append(_question(number, f"q{place}", type_, **more))
    return asked


def _condition(section: int) -> Json:
    many = {"q": f"s{section}-staff", "op": "gt", "value": 0}
    late = {"q": f"s{section}-since", "op": "ge", "value": "2020-04-01"}
    village = {"attr": "kind", "op": "in", "value": ["village"]}
    return {"any": [{"all": [many, late]}, {"not": village}]}


def _tail(number: int) -> list[Json]:
    """A calculated number or a note, and a table, a growing table or a number."""
    last = _question(number, "last", "number", **_PEOPLE)
    if number % 4 == 0:
        last = _question(number, "table", "table", **_TABLE)
    if number in (2, 10):
        last = _question(number, "rows", "dynamic_table", **_GROWING)
    if number % 2:
        return [_question(number, "note", "note", **_TYPES["note"]), last]
    formula = _FORMULAS[number // 2 % len(_FORMULAS)](f"s{number}", f"s{max(0, number - 2)}")
    figure = {"formula": formula, "unit": "千円", "decimals": 2}
    return [_question(number, "figure", "calculated", **figure), last]


_FORMULAS: Final[tuple[Callable[[str, str], Json], ...]] = (
    lambda own, before: {"div": [{"q": f"{own}-cost"}, {"q": f"{own}-staff"}]},
    lambda own, before: {"round": [{"mul": [{"q": f"{before}-figure"}, 1.1]}, 1]},
    lambda own, before: {"abs": {"sub": [{"q": f"{own}-cost"}, {"q": f"{before}-cost"}]}},
    lambda own, before: {"sum": [{"col_sum": ["s0-table", f"c{n}"]} for n in range(1, 5)]},
    lambda own, before: {"product": [{"q": f"{own}-cost"}, {"count_rows": "s2-rows"}]},
)


def _rules(number: int) -> list[Json]:
    own = f"s{number}"
    staff, cost = {"q": f"{own}-staff"}, {"q": f"{own}-cost"}
    rules = [
        _rule(own, "most", {"q": f"{own}-full"}, "le", staff, when=_condition(number)),
        _rule(own, "moved", {"change_rate": cost}, "le", {"const": 0.3}, level="warning"),
        _rule(own, "dear", cost, "le", {"mul": [{"sum": [staff, {"const": 1}]}, 5_000]}),
    ]
    if number in (2, 10):
        unique = {"unique": [f"{own}-rows", ["name", "since"]]}
        rules[2] = {"id": f"{own}-differ", "level": "error", "message": "同じ行です。", **unique}
    if number % 4 == 0:
        table = f"{own}-table"
        total = {"sum": [{"row_sum": [table, f"r{row}"]} for row in range(1, 9)]}
        rules[2] = _rule(own, "total", total, "ge", staff, level="warning")
    if number in (0, 1):
        days = {"days": [{"q": f"{own}-since"}, {"date": "2026-04-01"}]}
        rules.append(_rule(own, "days", days, "ge", {"const": 1}, level="warning"))
    return rules


def _rule(own: str, name: str, left: Json, op: str, right: Json, **more: Any) -> Json:
    shared = {"id": f"{own}-{name}", "level": "error", "message": "前後の数が合いません。"}
    return {**shared, "left": left, "op": op, "right": right, **more}
