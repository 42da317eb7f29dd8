"""A row of the survey sheet as a question."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from surveys.authoring.finding import Json
from surveys.authoring.references import references
from surveys.authoring.xlsform.intake import YESNO, Intake
from surveys.authoring.xlsform.tables import FormRow
from surveys.questionnaire.formulas import FormulaError, read_side

_SELECT: Final = re.compile(
    r"(?P<one>select[_ ]?one(?: from)?|select1|select one prompt using)?"
    r"(?P<many>select[_ ]multiple(?: from)?|select all that apply(?: from)?)?"
    r"(?P<rank>rank)?\s+(?P<list>\S+)(?P<other>\s+or[_ ]other)?",
    re.IGNORECASE,
)
_METADATA: Final = frozenset(
    [
        "start",
        "end",
        "today",
        "deviceid",
        "phonenumber",
        "username",
        "email",
        "subscriberid",
        "simserial",
        "audit",
    ]
)
_PARAMETER: Final = re.compile(r"(start|end|step)\s*=\s*(-?[0-9.]+)")
_FRACTION: Final = re.compile(r"'div'|[0-9]\.[0-9]")
_MOST_STEPS: Final = 11
LEFT_OUT: Final = "「{type}」に当たる設問がないため、取り込みません（{label}）。"
_RECORD: Final = "端末などの記録（{type}）は、このポータルでは取りません。"
_NO_LIST: Final = "選択肢の一覧「{name}」がないため、取り込みません。"
_NO_TYPE: Final = "形式（type）がないため、取り込みません。"
_FILE: Final = "添付ファイルは、{endings}、1個、10MBまでとします。"
_NO_FORMULA: Final = "計算式を取り込めないため、設問ごと取り込みません：{reason}"
_RANGE: Final = "段階に当たらない範囲のため、数値の設問にします。"
_NO_TEXT: Final = "文がないため、取り込みません。"
_OTHER: Final = 200

# The part of a question that depends on its type; None where the row is left out.
Content = Json | None


def question(row: FormRow, around: list[Json], intake: Intake) -> Content:
    """The question that a row makes within conditions; None when it is left out, which is noted."""
    type_ = row.take("type")
    content = _content(type_, row, intake)
    if content is None:
        return None
    name = row.cells.get("name", "")
    made: Json = {"id": intake.identify(row, "q"), **content}
    asks = made["type"] not in ("note", "calculated")
    if made["type"] != "note":
        made["label"] = intake.label(row) if asks or row.cells.get("label") else name or made["id"]
    if asks:
        made["required"] = intake.required(row)
    explained = intake.help(row, unit=made["type"] in ("number", "calculated"))
    made |= {**explained, **intake.condition(row, around)}
    intake.names.keep(name, made, intake.options(_list(type_)).values)
    if asks:
        intake.constrain(row, made)
    intake.looks(row)
    intake.slips += row.rest()
    return made


def _content(type_: str, row: FormRow, intake: Intake) -> Content:
    select = _SELECT.fullmatch(type_)
    if select and any(select.group("one", "many", "rank")):
        return _choice(select, row, intake)
    if not type_:
        intake.leave(row, "type", _NO_TYPE)
    elif type_.lower() in _METADATA:
        intake.leave(row, "type", _RECORD.format(type=type_))
    elif make := _TYPES.get(type_.lower()):
        return make(row, intake)
    else:
        label = row.cells.get("label") or row.cells.get("name", "")
        intake.leave(row, "type", LEFT_OUT.format(type=type_[:40], label=label[:40]))
    return None


def _list(type_: str) -> str:
    select = _SELECT.fullmatch(type_)
    return select["list"] if select else ""


def _choice(select: re.Match[str], row: FormRow, intake: Intake) -> Content:
    options = [*intake.options(select["list"]).options]
    if not options:
        intake.leave(row, "type", _NO_LIST.format(name=select["list"]))
        return None
    if select["rank"]:
        return {"type": "ranking", "options": options}
    if options == YESNO and select["one"] and not select["other"]:
        return {"type": "yesno"}
    if select["other"]:
        taken = {option["value"] for option in options}
        value = next(each for each in ("other", "or_other", "other_2") if each not in taken)
        free = {"label": "その他の内容", "required": False, "max_length": _OTHER}
        options.append({"value": value, "label": "その他", "free_text": free})
    return {"type": "multiple" if select["many"] else "single", "options": options}


def single_list(row: FormRow) -> str:
    """The list of a plain single choice; "" for any other row."""
    select = _SELECT.fullmatch(row.cells.get("type", ""))
    return select["list"] if select and select["one"] and not select["other"] else ""


def _text(row: FormRow, intake: Intake) -> Content:
    if row.take_look("multiline"):
        return {"type": "longtext"}
    return {"type": "text"}


def _date(row: FormRow, intake: Intake) -> Content:
    for look, type_ in (("month-year", "month"), ("year", "year")):
        if row.take_look(look):
            return {"type": type_}
    return {"type": "date"}


def _note(row: FormRow, intake: Intake) -> Content:
    if not row.cells.get("label"):
        intake.leave(row, "label", _NO_TEXT)
        return None
    return {"type": "note", "text": intake.label(row)}


def _calculated(row: FormRow, intake: Intake) -> Content:
    try:
        formula = read_side(intake.translated(row, "calculation", row.take("calculation")))
    except FormulaError as error:
        intake.leave(row, "calculation", _NO_FORMULA.format(reason=error.message))
        return None
    match formula:
        case {"round": [inner, decimals]}:
            return {"type": "calculated", "formula": inner, "decimals": decimals}
    return {"type": "calculated", "formula": formula, "decimals": _places(formula, intake)}


def _places(formula: Json, intake: Intake) -> int:
    """Decimals that don't change the value: none where only whole numbers are added up."""
    read = [intake.names.questions.get(each, {}) for each in references(formula)]
    tables = [column for question in read for column in question.get("columns", [])]
    has_decimals = any(each.get("decimals") for each in [*read, *tables])
    return 6 if has_decimals or _FRACTION.search(str(formula)) else 0


def _range(row: FormRow, intake: Intake) -> Content:
    given = dict(_PARAMETER.findall(row.take("parameters")))
    start, end, step = (float(given.get(key, default)) for key, default in _USUAL.items())
    is_whole = start.is_integer() and step.is_integer()
    if is_whole and step == 1 and end.is_integer() and 1 <= end - start < _MOST_STEPS:
        return {"type": "scale", "min": int(start), "max": int(end)}
    intake.leave(row, "parameters", _RANGE)
    return {"type": "number", "min": start, "max": end, "decimals": 0 if is_whole else 6}


_USUAL: Final = {"start": "0", "end": "10", "step": "1"}


def _file(*endings: str) -> Callable[[FormRow, Intake], Content]:
    def make(row: FormRow, intake: Intake) -> Content:
        intake.leave(row, "type", _FILE.format(endings="、".join(endings)))
        return {"type": "file", "accept": [*endings], "max_files": 1, "max_mb": 10}

    return make


def _constant(**content: object) -> Callable[[FormRow, Intake], Content]:
    return lambda row, intake: {**content}


_PAPERS: Final = _file(".pdf", ".xlsx", ".docx")
_PICTURE: Final = _file(".jpg", ".jpeg", ".png")
_SEEN: Final = [{"value": "OK", "label": "確認しました"}]
_TYPES: Final[Mapping[str, Callable[[FormRow, Intake], Content]]] = {
    "text": _text,
    "string": _text,
    "integer": _constant(type="number", decimals=0),
    "int": _constant(type="number", decimals=0),
    "decimal": _constant(type="number", decimals=6),
    "date": _date,
    "note": _note,
    "calculate": _calculated,
    "range": _range,
    "file": _PAPERS,
    "image": _PICTURE,
    "photo": _PICTURE,
    "acknowledge": _constant(type="single", options=_SEEN),
    "trigger": _constant(type="single", options=_SEEN),
}
