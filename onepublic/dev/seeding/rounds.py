"""A survey with a round before: last year's trial in one prefecture, to take values over from."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

REPEATED: Final = "SV-06"
"""The sample that is a second round."""
PREFECTURE: Final = "14"
TRIAL: Final[Mapping[str, Any]] = {
    "title": "災害時の保健活動体制に関する調査（令和７年度試行）",
    "purpose": "令和８年度の全国の調査に先立ち、調査票の分かりやすさと回答に要する時間を"
    "確かめるため、神奈川県内の地方公共団体を対象に試行する。",
    "fiscal_year": 2025,
    "base_date": "2025-11-01",
    "record_period": "令和６年度",
    "open_on": "2025-11-10",
    "due_on": "2025-12-12",
    "related_notice_id": "",
    "prefectures": [PREFECTURE],
}
CARRIED: Final = frozenset(
    {"f_dept", "f_mail", "f_leader", "f_deputy", "f_hq", "f_manual", "f_recv", "f_shelter"}
)
"""Questions whose answers seldom change from year to year."""


def trial_of(sample: Mapping[str, Any]) -> dict[str, Any]:
    """The sample of the round before, which asked the same."""
    return {**sample, **TRIAL}


def second_round(sample: Mapping[str, Any]) -> dict[str, Any]:
    """The sample, with the questions marked whose last answers may be taken over."""
    sections = deepcopy(sample["sections"])
    for section in sections:
        for question in section["questions"]:
            if question["id"] in CARRIED:
                question["carry_over"] = True
    return {**sample, "sections": sections}
