"""The types of questions, as a person chooses among them."""

from collections.abc import Mapping, Sequence
from typing import Final

# Group → (type, name, what it is for).
GROUPS: Final[Sequence[tuple[str, Sequence[tuple[str, str, str]]]]] = (
    (
        "選ぶ",
        (
            ("single", "一つ選ぶ", "選択肢から一つ"),
            ("multiple", "複数選ぶ", "選択肢からいくつでも"),
            ("yesno", "はい・いいえ", "どちらか一方"),
            ("scale", "段階で評価", "1から5までなど"),
            ("ranking", "順位を付ける", "優先する順に"),
            ("matrix", "項目ごとに一つ選ぶ", "行ごとに同じ選択肢"),
            ("organization", "団体を選ぶ", "全国の団体から"),
        ),
    ),
    (
        "数値",
        (
            ("number", "数値", "人数、件数など"),
            ("currency", "金額", "円、千円、百万円"),
            ("percent", "割合", "％で答える"),
            ("calculated", "自動計算", "ほかの設問から求める"),
        ),
    ),
    (
        "文字",
        (
            ("text", "1行の文字", "名称など"),
            ("longtext", "複数行の文字", "理由、意見など"),
            ("email", "メールアドレス", "書き方を確認"),
            ("tel", "電話番号", "書き方を確認"),
            ("url", "URL", "書き方を確認"),
        ),
    ),
    (
        "日付",
        (
            ("date", "日付", "年月日"),
            ("month", "年月", "和暦でも入力可"),
            ("year", "年・年度", "和暦でも入力可"),
        ),
    ),
    (
        "表",
        (
            ("table", "表", "行と列が決まった表"),
            ("dynamic_table", "行を追加できる表", "回答者が行を増やす"),
        ),
    ),
    (
        "その他",
        (
            ("file", "ファイル", "添付してもらう"),
            ("note", "説明文", "回答欄のない文章"),
            ("image", "画像", "図や様式の見本"),
        ),
    ),
)
TYPE_LABELS: Final[Mapping[str, str]] = {
    type_: label for _, types in GROUPS for type_, label, _ in types
}
# Nothing is entered there: neither required nor 該当なし.
SILENT: Final = frozenset({"calculated", "note", "image"})
