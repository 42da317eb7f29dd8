"""What a draft still lacks, and what an approver should look at twice before publishing."""

import re

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organization
from notices.models import Issuer, NoticeVersion
from notices.numbers import parse_number
from notices.querysets import addressees
from notices.states import Action, Category
from onepublic.core.text import fold
from onepublic.files.models import StoredFile
from onepublic.files.states import ScanState

PREFECTURES = 47
_DRAFT_NAME = re.compile(r"案|ドラフト|draft|作成中|コピー")
_MENTIONS_ANNEX = re.compile("別紙|別添")
_HELD: dict[str, str] = {
    ScanState.WAITING: "添付「{}」のウイルス検査が終わるまで、発出できません。",
    ScanState.INFECTED: "添付「{}」からウイルスが検出されました。差し替えるまで、発出できません。",
    ScanState.FAILED: "添付「{}」は、ウイルス検査ができません。差し替えるまで、発出できません。",
}


def addressed_by(version: NoticeVersion) -> "QuerySet[Organization]":
    """The organizations that the draft's rule selects today; those of a correction are frozen."""
    if version.is_correction:
        return addressees(version.notice)
    return Organization.objects.matching(version.notice.audience)


def what_is_missing(version: NoticeVersion) -> list[str]:
    """Names of what must be there before approval; empty when it is complete.

    通知 carries a number by office custom, the other categories often don't.
    """
    checks = {
        "文書番号": version.category != Category.NOTICE or version.number.strip(),
        "宛名": version.addressee_line.strip(),
        "本文": version.body.strip(),
        "対応の期限": version.action_asked == Action.INFORM or version.due_on,
        "宛先の団体": addressed_by(version).exists(),
    }
    return [name for name, there in checks.items() if not there]


def what_is_held(version: NoticeVersion) -> list[str]:
    """Sentences on files in quarantine, with which a notice can't be published."""
    held = version.attachments.filter(file__in=StoredFile.objects.held()).select_related("file")
    return [_HELD[attachment.file.scan_state].format(attachment.file) for attachment in held]


def agreements_needed(version: NoticeVersion) -> "QuerySet[Issuer]":
    """The joint issuers that must agree, in printed order, whether they have or not."""
    needed = version.issuers.filter(division__issuing_rule__requires_agreement=True)
    return needed.exclude(division=version.notice.division_id)


def who_has_not_agreed(version: NoticeVersion) -> list[str]:
    """Sentences on joint issuers without whose agreement nothing can be published."""
    open_ones = agreements_needed(version).filter(agreed_at__isnull=True)
    return [
        f"連名の「{issuer.division.full_name}」が同意していないため、発出できません。"
        for issuer in open_ones.select_related("division__parent")
    ]


def what_is_unusual(version: NoticeVersion) -> list[str]:
    """Sentences on what may be a slip; they warn and forbid nothing."""
    return [
        *who_has_not_agreed(version),
        *_of_text(version),
        *_of_files(version),
        *_of_audience(version),
    ]


def _of_text(version: NoticeVersion) -> list[str]:
    today = timezone.localdate()
    found = []
    if version.issued_on != today:
        found.append("発出日が今日の日付ではありません。")
    if version.due_on and version.due_on < today:
        found.append("対応の期限が過ぎています。")
    if not version.notify_by_mail:
        found.append("メールで知らせない設定です。")
    if version.due_on and version.action_asked == Action.INFORM:
        found.append("求める対応が「周知」のため、対応の期限は宛先の団体の期限の一覧に載りません。")
    number = parse_number(version.number)
    if number and number.day and number.day != f"{version.issued_on:%m%d}":
        found.append("文書番号の月日が発出日と違います。")
    if not version.contacts.exists():
        found.append("問合せ先がありません。")
    return found


def _of_files(version: NoticeVersion) -> list[str]:
    names = list(version.attachments.values_list("file__name", flat=True))
    found = what_is_held(version)
    found += [
        f"添付「{name}」の名前に、作成途中を思わせる語があります。"
        for name in names
        if _DRAFT_NAME.search(fold(name))
    ]
    if not names and _MENTIONS_ANNEX.search(version.body):
        found.append("本文に「別紙」または「別添」とありますが、添付がありません。")
    return found


def _of_audience(version: NoticeVersion) -> list[str]:
    """Only some of the prefectures is the slip that costs most: it is said in figures."""
    codes = addressed_by(version).exclude(prefecture_code="").order_by().values("prefecture_code")
    count = codes.distinct().count()
    return (
        [f"宛先は{PREFECTURES}都道府県のうち{count}都道府県の団体です。"]
        if 0 < count < PREFECTURES
        else []
    )
