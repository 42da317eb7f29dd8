"""The sheet of the rules."""

from collections.abc import Mapping
from typing import Final

from surveys.authoring.finding import Json
from surveys.authoring.sheets.cells import CONDITION, ID, LEVEL, RULE, TEXT
from surveys.authoring.sheets.columns import Heading

RULES: Final = "検査"
LEVEL_HEADING, DEMAND, MESSAGE, WHEN = "程度", "規則", "知らせる文", "適用する条件"
RULE_HEADINGS: Final[Mapping[str, Heading]] = {
    "ID": Heading(ID, 12, "半角の英数字。空欄のままにすると、自動で付きます。"),
    LEVEL_HEADING: Heading(
        LEVEL, 8, "「誤り」は直すまで提出できません。「確認」は理由を書けば提出できます。"
    ),
    DEMAND: Heading(RULE, 60, "満たすべき式。例：${q1} + ${q2} <= ${q3}"),
    MESSAGE: Heading(TEXT, 60, "満たさない場合に示す文。"),
    WHEN: Heading(CONDITION, 40, "この条件に当てはまる場合だけ調べます。空欄は常に調べます。"),
}
RULE_KEYS: Final[Mapping[str, str]] = {
    "ID": "id",
    LEVEL_HEADING: "level",
    MESSAGE: "message",
    WHEN: "when",
}


def rule_cells(rule: Json) -> dict[str, str | int | float]:
    """The cells of a rule by heading."""
    cells = {
        heading: RULE_HEADINGS[heading].form.write(rule[key])
        for heading, key in RULE_KEYS.items()
        if rule.get(key) is not None
    }
    return {**cells, DEMAND: RULE.write(rule)}
