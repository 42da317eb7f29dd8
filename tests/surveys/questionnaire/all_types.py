"""A questionnaire with every type of question, and with every key that they take."""

from tests.surveys.questionnaire.building import Json, question

OPTIONS = [
    {"value": "a", "label": "人材"},
    {"value": "b", "label": "財源"},
    {"value": "c", "label": "周知"},
]
ROWS = [{"id": "r1", "label": "窓口"}, {"id": "r2", "label": "広報"}]
COLUMNS: list[Json] = [
    {"id": "n", "label": "件数", "unit": "件", "min": 0, "max": 99},
    {"id": "t", "label": "名称", "type": "text", "max_length": 20},
    {"id": "s", "label": "区分", "type": "single", "options": OPTIONS},
    {"id": "d", "label": "開始日", "type": "date", "min": "2020-01-01"},
    {"id": "y", "label": "継続", "type": "yesno"},
]


def money(id_: str, **more: object) -> Json:
    return question(id_, "currency", **{"unit": "千円", "min": 0, "max": 1000, **more})


def percent(id_: str, **more: object) -> Json:
    return question(id_, "percent", **more)


def scale(id_: str, **more: object) -> Json:
    ends = {"min": 1, "max": 5, "min_label": "不満", "max_label": "満足"}
    return question(id_, "scale", **{**ends, **more})


def ranking(id_: str, **more: object) -> Json:
    return question(id_, "ranking", **{"options": OPTIONS, "max_rank": 2, **more})


def year(id_: str, **more: object) -> Json:
    return question(id_, "year", **{"min": 2000, "max": 2030, "fiscal": True, **more})


def month(id_: str, **more: object) -> Json:
    return question(id_, "month", **{"min": "2020-04", "max": "2027-03", **more})


def typed_table(id_: str, **more: object) -> Json:
    parts: Json = {"rows": ROWS, "columns": COLUMNS, "totals": {"column": True}}
    return question(id_, "table", **{**parts, **more})


def dynamic_table(id_: str, **more: object) -> Json:
    columns: list[Json] = [{**COLUMNS[0], "required": True}, *COLUMNS[1:]]
    parts: Json = {"columns": columns, "min_rows": 1, "max_rows": 4, "totals": {"column": True}}
    return question(id_, "dynamic_table", **{**parts, **more})


def matrix(id_: str, **more: object) -> Json:
    return question(id_, "matrix", **{"rows": ROWS, "options": OPTIONS, **more})


def calculated(id_: str, formula: Json, **more: object) -> Json:
    shared = {"id": id_, "type": "calculated", "label": f"設問{id_}"}
    return {**shared, "formula": formula, "unit": "円", "decimals": 1, **more}


def note(id_: str, **more: object) -> Json:
    return {"id": id_, "type": "note", "text": "次の節は\n任意です。", **more}


def image(id_: str, **more: object) -> Json:
    return {"id": id_, "type": "image", "file": "0a-1", "alt": "記入例", **more}


PLAIN: list[Json] = [
    question("email", "email"),
    question("tel", "tel", max_length=30),
    question("url", "url"),
    question("body", "organization", kinds=["city", "town"]),
    money("money"),
    percent("share"),
    scale("scale"),
    ranking("rank"),
    year("year"),
    month("month"),
]
ALL_NEW: list[Json] = [
    *PLAIN,
    typed_table("table"),
    dynamic_table("more"),
    matrix("matrix"),
    calculated("sum", {"sum": [{"q": "n1"}, {"col_sum": ["table", "n"]}]}),
    note("words"),
    image("figure", caption="図1"),
]
