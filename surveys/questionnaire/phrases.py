"""Stock phrases for plausible text answers. All invented."""

import re
from random import Random
from typing import Final

from surveys.questionnaire.kinds import TextAnswer, TextFormat

# Words in a label → what fits there; the first match counts.
_BY_WORD: Final = (
    ("部署", ("福祉課", "健康増進課", "健康福祉課", "保健福祉課", "地域福祉課", "総務課")),
    ("計画", ("第４期地域福祉計画", "地域福祉推進計画", "健康増進・福祉総合計画")),
    ("氏名", ("福祉　太郎", "健康　花子")),
)
_SHORT: Final = (
    "関係課による定例の打合せ",
    "広報紙及び窓口での案内",
    "地域包括支援センターとの連携",
    "社会福祉協議会への委託",
    "近隣の市町村との共同実施",
)
_SENTENCES: Final = (
    "専門職の確保が難しく、担当者が他の業務を兼務しています。",
    "関係機関との役割分担を整理し、定期的に情報を共有しています。",
    "対象者の把握に時間を要しており、周知の方法を見直す予定です。",
    "近隣の団体との共同実施を検討しています。",
    "財源の見通しが立たないため、段階的に進めることとしています。",
    "研修の機会を増やし、職員の負担の軽減に努めています。",
)
_PATTERNED: Final = (
    "renraku@example.jp",
    "03-0000-0000",
    "0000-00-0000",
    "100-0000",
    "https://www.example.jp/",
    "1",
    "123",
    "1234",
    "123456",
    "A1",
    "ABC-123",
    "見本",
)
_FORMATTED: Final = {
    TextFormat.EMAIL: "renraku@example.jp",
    TextFormat.TEL: "03-0000-0000",
    TextFormat.URL: "https://www.example.jp/",
}


def phrase(answer: TextAnswer, label: str, rng: Random) -> str | None:
    """Return text that fits the field; None where no stock phrase is admitted."""
    if answer.format is not None:
        sample = _FORMATTED[answer.format]
        return sample if len(sample) <= answer.max_length else None
    if answer.pattern is not None:
        return _matching(answer.pattern, answer.max_length)
    if answer.multiline:
        return "\n".join(rng.sample(_SENTENCES, rng.randint(1, 2)))[: answer.max_length].strip()
    words = next((fitting for word, fitting in _BY_WORD if word in label), _SHORT)
    return rng.choice(words)[: answer.max_length]


def _matching(pattern: re.Pattern[str], max_length: int) -> str | None:
    fitting = (text for text in _PATTERNED if len(text) <= max_length)
    return next((text for text in fitting if pattern.fullmatch(text)), None)
