"""What the officer types into the survey, and what the workbook must then hold."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from playwright.sync_api import FilePayload

MANUAL: FilePayload = {
    "name": "災害時保健活動マニュアル_第３版.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n",
}
NOT_ASKED = "対象外"


class Way(Enum):
    """How something is entered."""

    FILL = auto()
    CHOOSE = auto()
    CELL = auto()
    ATTACH = auto()


@dataclass(frozen=True, slots=True)
class Entry:
    """``typed`` into the question ``label`` (the row and column of a cell, parted by a slash);
    ``cell`` is the workbook's value in the column ``key``.
    """

    key: str
    label: str
    typed: str
    cell: object
    way: Way = Way.FILL


def _text(key: str, label: str, typed: str) -> Entry:
    return Entry(key, label, typed, typed)


def _chosen(key: str, label: str, *options: str) -> Entry:
    return Entry(key, label, "；".join(options), "；".join(options), Way.CHOOSE)


def _cells(
    table: str, columns: dict[str, str], rows: dict[str, tuple[str, str, str]]
) -> list[Entry]:
    """One entry per cell; ``rows`` are id → (label, first cell, second cell)."""
    return [
        Entry(f"{table}.{row}.{column}", f"{label}/{heading}", typed, float(typed), Way.CELL)
        for row, (label, *typed_cells) in rows.items()
        for (column, heading), typed in zip(columns.items(), typed_cells, strict=True)
    ]


SECTIONS: dict[str, list[Entry]] = {
    "回答者": [
        _text("f_dept", "回答を取りまとめる部署の名称", "=SUM(1,2) 健康福祉局 健康推進課"),
        _text("f_mail", "連絡先の電子メールアドレス", "kenko@city.example.jp"),
    ],
    "体制": [
        _chosen("f_leader", "災害時の保健活動を統括する保健師を指名していますか。", "はい"),
        _chosen("f_deputy", "統括する保健師が不在の場合の代理者を指名していますか。", "いいえ"),
        _chosen("f_hq", "本部の設置要綱等の状況を選んでください。", "定めている"),
        Entry("f_hq_rev", "直近の改定年月日", "令和６年４月１日", date(2024, 4, 1)),
        _chosen("f_manual", "災害時保健活動マニュアルの状況を選んでください。", "単独で策定"),
        Entry("f_manual_file", "マニュアルを添付してください。", "", MANUAL["name"], Way.ATTACH),
        _chosen("f_manual_item", "マニュアルに定めている事項", "避難所の巡回", "受援"),
    ],
    "人員": [
        *_cells(
            "f_staff",
            {"reg": "常勤", "tmp": "会計年度任用職員等"},
            {
                "phn": ("保健師", "12", "3"),
                "nut": ("管理栄養士・栄養士", "2", "0"),
                "dh": ("歯科衛生士", "1", "0"),
                "phar": ("薬剤師", "0", "0"),
                "psw": ("精神保健福祉士等", "4", "1"),
            },
        ),
        Entry("f_phn_3h", "発災後３時間以内に参集できる保健師の見込み数（夜間の場合）", "０", 0),
        _chosen("f_ob", "退職した保健師等に協力を求める仕組みがありますか。", "いいえ"),
    ],
    "受援": [
        _chosen("f_recv", "受援計画の状況を選んでください。", "策定済み"),
        _chosen("f_recv_item", "受援計画に定めている事項", "受援担当者", "移動手段"),
    ],
    "備えと要配慮者": [
        Entry("f_shelter", "指定避難所の数", "1,250", 1250),
        Entry("f_welfare", "うち福祉避難所の数", "0", 0),
        Entry("f_plan_target", "個別避難計画の作成の対象者数", "４８０人", 480),
        Entry("f_plan_done", "うち作成済みの人数", "480", 480),
        *_cells(
            "f_stock",
            {"q": "数量", "d": "想定避難者に対する日数"},
            {
                "mask": ("マスク", "99999999", "0.5"),
                "alc": ("手指消毒液", "200", "3"),
                "toilet": ("携帯トイレ", "0", "0"),
                "diap": ("おむつ（大人用・乳幼児用の計）", "700", "1.5"),
                "bed": ("簡易ベッド", "50", "30"),
            },
        ),
        _chosen("f_power", "医療機器の電源を要する在宅の方を把握していますか。", "いいえ"),
    ],
    "訓練": [
        _chosen("f_drill", "令和７年度に災害時の保健活動の訓練を行いましたか。", "はい"),
        Entry("f_drill_on", "直近の実施日", "R7.9.1", date(2025, 9, 1)),
        _chosen("f_drill_kind", "訓練の内容を全て選んでください。", "図上訓練", "その他"),
        _text("f_drill_kind.other", "内容を具体的に", "@連絡網の確認，髙﨑地区"),
        _text(
            "f_drill_find",
            "訓練で明らかになった課題と改善",
            "-1日目：伝達が遅れた。\n+様式を見直す。",
        ),
        _chosen("f_drill_next", "令和８年度の訓練の予定を選んでください。", "実施予定"),
    ],
    "その他": [],
}
HIDDEN = ("f_ob_n", "f_recv_issue", "f_power_n", "f_pref_team", "f_pref_do")
BLANK = ("f_free",)
CELLS: dict[str, object] = {
    **{entry.key: entry.cell for entries in SECTIONS.values() for entry in entries},
    **dict.fromkeys(HIDDEN, NOT_ASKED),
    **dict.fromkeys(BLANK),
}
REASON = "夜間は道路が通行止めとなるため、０人と見込んでいます。"
