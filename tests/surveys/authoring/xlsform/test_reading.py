"""A form as it is found in the world, and what is told of it."""

import pytest

from surveys.authoring import StepRefused
from surveys.questionnaire import parse_questionnaire
from tests.surveys.authoring.xlsform.forms import Cell, form, read, survey
from tests.surveys.questionnaire.building import Json

SURVEY: list[list[Cell]] = [
    ["type", "name", "label::English (en)", "label::日本語 (ja)", "hint::日本語 (ja)", "required",
     "relevant", "constraint", "constraint_message", "calculation", "default", "appearance",
     "choice_filter", "repeat_count"],
    ["start", "start"],
    ["begin_group", "basic", "Basics", "基本情報", *[None] * 7, "field-list"],
    ["text", "officer.name", "Name", "担当者"],
    ["select_one kind or_other", "form", "Form", "運営の形", None, "yes"],
    ["integer", "staff", "Staff", "職員数", "実人数\n単位：人", "true()", None,
     ". > 0 and . <= 1000", "多すぎます"],
    ["integer", "women", "Women", "うち女性", None, None, "${staff} >= 1", ". <= ${staff}",
     "職員数を超えています"],
    ["geopoint", "place", "Place", "位置"],
    ["date", "opened", "Opened", "開設日", None, None, None, ". <= today()", None, None, "today()"],
    ["begin_group", "inner", "Inner", "窓口", None, None, "selected(${form}, 'direct')"],
    ["select_multiple ways", "ways", "Ways", "方法", None, None, None, "count-selected(.) <= 2",
     None, None, None, "minimal", "region = ${place}"],
    ["acknowledge", "seen", "Seen", "確認", None, None, "${place} != ''"],
    ["end_group"],
    ["end_group"],
    ["begin_repeat", "member", "Members", "職員"],
    ["text", "member_name", "Name", "氏名", None, "yes"],
    ["integer", "member_age", "Age", "年齢", None, None, None, ". >= 15"],
    ["calculate", "member_x", None, None, None, None, None, None, None, "1 + 1"],
    ["end_repeat"],
    ["calculate", "ages", None, "年齢の合計", None, None, None, None, None, "sum(${member_age})"],
    ["calculate", "mean", None, "平均", None, None, None, None, None, "concat(${staff}, 'x')"],
    ["note", "thanks", "Thanks ${staff}", "${staff}人、ありがとうございました。"],
]  # fmt: skip
CHOICES: list[list[Cell]] = [
    ["list_name", "name", "label::日本語 (ja)", "region"],
    ["kind", "direct", "直営"],
    ["kind", "委託", "委託", "北"],
    ["ways", "1", "電話"],
    ["ways", "2", "訪問"],
    ["ways", "3", "面談"],
]
SETTINGS: list[list[Cell]] = [["form_title", "form_id", "style"], ["実態調査", "x1", "pages"]]


def chain(length: int) -> bytes:
    """Calculations that all hang on one that is refused, each on the one before it."""
    rows: list[Json] = [{"type": "integer", "name": "c0", "constraint": ". >= 9 and . <= 1"}]
    rows += [
        {"type": "calculate", "name": f"c{n}", "calculation": f"${{c{n - 1}}} + 1"}
        for n in range(1, length)
    ]
    return survey(*rows)


def questions(document: Json) -> dict[str, Json]:
    return {q["id"]: q for section in document["sections"] for q in section["questions"]}


def test_a_form_comes_in_as_far_as_it_can() -> None:
    document, _ = read(form(survey=SURVEY, choices=CHOICES, settings=SETTINGS))

    asked = questions(document)
    parse_questionnaire(document)
    assert [(s["id"], s["title"]) for s in document["sections"]] == [
        ("basic", "基本情報"),
        ("s1", "実態調査"),
    ]
    assert {id_: q["type"] for id_, q in asked.items()} == {
        "q1": "text",
        "form": "single",
        "staff": "number",
        "women": "number",
        "opened": "date",
        "inner": "note",
        "ways": "multiple",
        "seen": "single",
        "member": "dynamic_table",
        "ages": "calculated",
        "thanks": "note",
    }
    assert asked["staff"] == {
        "id": "staff",
        "type": "number",
        "decimals": 0,
        "label": "職員数",
        "required": True,
        "unit": "人",
        "help": "実人数",
        "min": 1,
        "max": 1000,
    }
    assert asked["form"]["options"][1:] == [
        {"value": "4", "label": "委託"},
        {
            "value": "other",
            "label": "その他",
            "free_text": {"label": "その他の内容", "required": False, "max_length": 200},
        },
    ]
    assert asked["ways"]["visible_if"] == {"q": "form", "op": "eq", "value": "direct"}
    assert asked["ways"]["max_select"] == 2
    assert [c["id"] for c in asked["member"]["columns"]] == ["name", "age"]
    assert asked["ages"]["formula"] == {"col_sum": ["member", "age"]}
    assert document["rules"] == [
        {
            "id": "r1",
            "level": "error",
            "left": {"q": "women"},
            "op": "le",
            "right": {"q": "staff"},
            "message": "職員数を超えています",
        }
    ]


def test_everything_left_out_is_told_by_sheet_row_and_column() -> None:
    _, left_out = read(form(survey=SURVEY, choices=CHOICES, settings=SETTINGS, extra=[["x"]]))

    assert left_out == [
        "「survey」シート：文字数の制限のない欄は、1行は500字、複数行は4,000字、表の列は200"
        "字とします。",
        "「survey」シート C1：「English (en)」の文は、取り込みません（「日本語 (ja)」の文を"
        "使います）。",
        "「survey」シート A2：端末などの記録（start）は、このポータルでは取りません。",
        "「survey」シート B4：名前「officer.name」は、IDにできないか重複しているため、「q1"
        "」に変えます。",
        "「survey」シート I6：範囲や書式の誤りは、このポータルの決まった文で知らせるため、"
        "取り込みません。",
        "「survey」シート A8：「geopoint」に当たる設問がないため、取り込みません（位置）。",
        "「survey」シート H9：制約を取り込めません：関数「today」は、計算では使えません。",
        "「survey」シート K9：「default」は、このポータルの調査票では表せないため、取り込み"
        "ません。",
        "「survey」シート D10：入れ子のグループの見出しは、説明文にします。",
        "「survey」シート L11：表示の指定「minimal」は、取り込みません。",
        "「survey」シート M11：「choice_filter」は、このポータルの調査票では表せないため、"
        "取り込みません。",
        "「survey」シート G12：表示条件を取り込めないため、常に表示します：「place」は、こ"
        "こまでに取り込んだ設問にありません。",
        "「survey」シート N15：行数の上限は、20行とします。",
        "「survey」シート A18：「calculate」に当たる設問がないため、取り込みません（member_x）。",
        "「survey」シート J21：計算式を取り込めないため、設問ごと取り込みません：関数「conc"
        "at」は、計算では使えません。",
        "「survey」シート D22：文の中の${…}は、値に置き換わらず、そのまま表示されます。",
        "「choices」シート B3：選択肢の値「委託」は、半角の英数字でないため、「4」に変えます。",
        "「choices」シート D3：「region」は、このポータルの調査票では表せないため、取り込み"
        "ません。",
        "「settings」シート C2：「style」は、このポータルの調査票では表せないため、取り込み"
        "ません。",
        "「extra」シート：このシートは、取り込みません。",
    ]


def test_single_choices_in_a_grid_are_a_matrix() -> None:
    content = survey(
        {"type": "begin group", "name": "view", "label": "評価", "appearance": "table-list"},
        {"type": "select one from level", "name": "view_a", "label": "窓口", "required": "yes"},
        {"type": "select_one level", "name": "view_b", "label": "電話", "required": "yes"},
        {"type": "end group"},
        {"type": "integer", "name": "why", "label": "人数", "relevant": "${view_b} = 1"},
        choices=[["list name", "name", "label"], ["level", 1, "よい"], ["level", 2, "わるい"]],
    )

    document, left_out = read(content)

    options = [{"value": "1", "label": "よい"}, {"value": "2", "label": "わるい"}]
    rows = [{"id": "a", "label": "窓口"}, {"id": "b", "label": "電話"}]
    assert left_out == []
    assert questions(document)["view"] == {
        "id": "view",
        "type": "matrix",
        "label": "評価",
        "options": options,
        "rows": rows,
        "required": True,
    }
    assert questions(document)["why"]["visible_if"] == {
        "row": ["view", "b"],
        "op": "eq",
        "value": "1",
    }


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [
                {"type": "integer", "name": "a", "label": "甲", "relevant": "${b} = 1"},
                {"type": "date", "name": "b", "label": "乙", "relevant": "${a} = 'x'"},
            ],
            [
                "「survey」シート D2：表示条件を取り込めないため、常に表示します："
                "「b」は、ここまでに取り込んだ設問にありません。",
                "「survey」シート D3：表示条件を取り込めないため、常に表示します：設問「甲」の値と",
            ],
        ),
        (
            [{"type": "integer", "name": "a", "label": "甲", "constraint": ". >= 9 and . <= 1"}],
            ["「survey」シート A2：この設問は、取り込みません：数値の範囲が逆です"],
        ),
        (
            [{"type": "select_one none", "name": "a", "label": "甲"}],
            ["「survey」シート A2：選択肢の一覧「none」がないため、取り込みません。"],
        ),
        (
            [{"type": "end_group"}, {"type": "begin_group", "name": "g", "label": "群"}],
            [
                "「survey」シート A2：対応する始まりの行がないため、無視します。",
                "「survey」シート A3：終わりの行がないため、最後の行までを範囲とします。",
            ],
        ),
    ],
)
def test_what_can_t_be_is_left_out_with_its_reason(rows: list[Json], told: list[str]) -> None:
    document, left_out = read(survey(*rows))

    parse_questionnaire(document, draft=True)
    assert [slip[: len(want)] for slip, want in zip(left_out, told, strict=True)] == told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (form(survey=[["種類", "名前"], ["text", "a"]]), "見出し「type」「name」が必要です。"),
        (form(survey=[["type", "name"]]), "設問がありません。"),
        (survey(*[{"type": "begin_group", "name": "g"}] * 21), "A22：グループの入れ子は、20段まで"),
        (survey(*[{"type": "integer", "name": "n"}] * 201), "questionsは、0件以上200件以下"),
        (chain(60), "互いに参照する設問が多すぎる"),
    ],
)
def test_what_is_no_form_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(StepRefused, match=told):
        read(content)
