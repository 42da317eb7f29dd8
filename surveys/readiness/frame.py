"""What its frame lacks: purpose, days, whom to ask, the notice that asks."""

from collections.abc import Iterator
from datetime import date, timedelta

from onepublic.core.business_days import is_business_day, on_or_after
from onepublic.core.wareki import wareki
from surveys.models import Survey
from surveys.readiness.concerns import Concern, Place

SHORTEST = timedelta(days=14)
"""Two weeks from opening to deadline: less is what municipalities complain of most."""


def of_frame(survey: Survey, today: date) -> Iterator[Concern]:
    """What may be wrong with the frame when it opens on its day, or today when that has passed."""
    opening = max(survey.opens_on, today)
    yield from _of_words(survey)
    if survey.due_on < opening:
        yield _in_frame(
            "回答の期限が過ぎています。",
            "これから先の日にしてください。",
            "due_on",
            stops=True,
        )
        return
    yield from _of_deadline(survey.due_on, opening)


def _of_words(survey: Survey) -> Iterator[Concern]:
    if not survey.purpose.strip():
        yield _in_frame(
            "調査の目的が書かれていません。",
            "何のために調べ、結果を何に使うかを書いてください。",
            "purpose",
        )
    if not survey.contact.strip():
        yield _in_frame(
            "問合せ先がありません。", "担当の係と電話番号などを書いてください。", "contact"
        )
    if not survey.related_notice_number.strip():
        yield _in_frame(
            "依頼の文書番号がありません。",
            "調査を依頼する通知の文書番号を入力してください。",
            "related_notice_number",
        )
    if not survey.notify_by_mail:
        yield _in_frame(
            "メールで知らせない設定です。",
            "依頼先に気付いてもらえるか、確かめてください。",
            "notify_by_mail",
        )


def _of_deadline(due_on: date, opening: date) -> Iterator[Concern]:
    if due_on - opening < SHORTEST:
        days = (due_on - opening).days
        enough = on_or_after(opening + SHORTEST)
        yield _in_frame(
            f"回答の期間が{days}日しかありません。" if days else "回答の期間が当日だけです。",
            f"２週間以上（{wareki(enough)}以後）にしてください。",
            "due_on",
        )
    if not is_business_day(due_on):
        yield _in_frame(
            f"回答の期限（{wareki(due_on)}）が閉庁日です。",
            f"次の開庁日は{wareki(on_or_after(due_on))}です。",
            "due_on",
        )


def _in_frame(text: str, remedy: str, anchor: str, *, stops: bool = False) -> Concern:
    return Concern(text, remedy, Place.FRAME, anchor, stops)
