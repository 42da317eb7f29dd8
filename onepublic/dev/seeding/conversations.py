"""What is said around the sample notices: a cover note, and three questions."""

from uuid import NAMESPACE_DNS, UUID, uuid5

from accounts.models import User
from notices.actions.cover_notes import Words, publish_cover_note, write
from notices.actions.questions import answer, ask
from notices.models import Notice, Question
from onepublic.dev.seeding.people import DOMAIN, KIYOKAWA, YOKOHAMA

COVER_NOTE = (
    "標記の通知について、県の取扱いは次のとおりです。\n\n"
    "１　県への報告は不要です。\n"
    "２　管内の関係機関への周知は、各市町村でお願いします。\n\n"
    "不明な点は、県健康危機・感染症対策課（見本）へお問い合わせください。"
)
PUBLIC, PRIVATE, WAITING = (
    (
        "様式の提出は、電子メールでもよろしいでしょうか。村では郵送に日数がかかります。",
        "電子メールによる提出で差し支えありません。押印も不要です。",
    ),
    (
        "本市では担当が二つの課に分かれています。課ごとに対応してもよいでしょうか。",
        "課ごとに対応いただいて構いません。取りまとめの窓口を一つ決めてください。",
    ),
    ("年度の途中で担当者が替わった場合、改めて届け出る必要がありますか。", ""),
)
PUBLIC_QUESTION = "様式は電子メールで提出してもよいか。"


def load_conversations() -> int:
    """One question published with its answer, one answered to its asker, one that waits; how many.

    About the newest notice that both the city and the village of the named people have got.
    """
    notice = (
        Notice.objects.published()
        .filter(deliveries__organization__code=YOKOHAMA)
        .filter(deliveries__organization__code=KIYOKAWA)
        .filter(division__code="kansen-yobo")
        .latest("published_at")
    )
    _relay(notice)
    drafter = _person("aoki")
    village, city = _person("yamamoto"), _person("suzuki")
    _answer(_ask(notice, village, PUBLIC[0]), drafter, PUBLIC[1], public_question=PUBLIC_QUESTION)
    _answer(_ask(notice, city, PRIVATE[0]), drafter, PRIVATE[1])
    _ask(notice, city, WAITING[0])
    return notice.questions.count()


def _relay(notice: Notice) -> None:
    writer = _person("saito")
    note = write(notice, by=writer, words=Words(text=COVER_NOTE), revision=0)
    publish_cover_note(notice, by=writer, revision=note.revision)


def _ask(notice: Notice, by: User, text: str) -> Question:
    return ask(notice, by=by, text=text, key=_key(text))


def _answer(question: Question, by: User, text: str, *, public_question: str = "") -> None:
    answer(question, by=by, text=text, key=_key(text), public_question=public_question)


def _key(text: str) -> UUID:
    return uuid5(NAMESPACE_DNS, text)


def _person(account: str) -> User:
    user: User = User.objects.get(email=f"{account}@{DOMAIN}")
    return user
