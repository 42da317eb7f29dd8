"""What a condition may ask of the answering body, and the words for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

KINDS: Final[Mapping[str, str]] = {
    "prefecture": "都道府県",
    "designated_city": "指定都市",
    "core_city": "中核市",
    "special_ward": "特別区",
    "city": "その他の市",
    "town": "町",
    "village": "村",
}
_PREFECTURES: Final = """
北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県
東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県
滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県
香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県
"""
BUREAUS: Final[Mapping[str, str]] = {
    "hokkaido": "北海道厚生局",
    "tohoku": "東北厚生局",
    "kantoshinetsu": "関東信越厚生局",
    "tokaihokuriku": "東海北陸厚生局",
    "kinki": "近畿厚生局",
    "chugokushikoku": "中国四国厚生局",
    "shikoku": "四国厚生支局",
    "kyushu": "九州厚生局",
}
# Attribute → the values it can have, each with its word. Columns of local_governments.csv.
VOCABULARY: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": KINDS,
    "prefecture_code": {f"{i:02d}": name for i, name in enumerate(_PREFECTURES.split(), 1)},
    "has_health_center": {"true": "あり", "false": "なし"},
    "regional_bureau": BUREAUS,
}
ATTRIBUTE_LABELS: Final[Mapping[str, str]] = {
    "kind": "種別",
    "prefecture_code": "都道府県",
    "has_health_center": "保健所の設置",
    "regional_bureau": "管轄の地方厚生（支）局",
}


@dataclass(frozen=True, slots=True)
class Respondent:
    """The answering body: the columns of local_governments.csv that conditions may read."""

    kind: str
    prefecture_code: str
    has_health_center: bool
    regional_bureau: str

    def attributes(self) -> dict[str, str]:
        """Return the attributes as the text they have in the file ("true", "01")."""
        return {
            "kind": self.kind,
            "prefecture_code": self.prefecture_code,
            "has_health_center": "true" if self.has_health_center else "false",
            "regional_bureau": self.regional_bureau,
        }
