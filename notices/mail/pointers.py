"""What the letters say of a notice: title, number, issuer, day and link, never its content."""

from django.conf import settings
from django.db.models import F

from notices.models import NoticeVersion
from notices.states import Importance, NoticeState
from onepublic.core.wareki import wareki

ARRIVED = "厚生労働省から、次の通知が届きました。"
CORRECTED = (
    "ご覧になった次の通知が訂正されました。\n通知のページを開くと、変わったところが表示されます。"
)
CONFIRM_AGAIN = "この訂正では、確認（受領）を改めてお願いしています。"
FOOTER = (
    "本文と添付ファイルは、上のページにログインしてご覧ください。\n"
    "このメールには返信できません。お問い合わせは、通知に記載の問合せ先へお願いします。"
)


def in_force(keys: set[int]) -> dict[int, NoticeVersion]:
    """The versions with these keys that their published notices show."""
    current = NoticeVersion.objects.filter(
        notice__state=NoticeState.PUBLISHED, notice__current_version=F("pk")
    )
    return current.select_related("notice__division__parent").in_bulk(keys)


def subject_of(version: NoticeVersion, corrected: bool = False) -> str:
    """The subject of the letter about a notice, or about its correction."""
    return f"［OnePublic］{marked_title(version, corrected)}"


def marked_title(version: NoticeVersion, corrected: bool = False) -> str:
    """The title with what stands out: a correction, what is important or urgent."""
    mark = "【訂正】" if corrected else ""
    if version.importance != Importance.NORMAL:
        mark += f"【{version.get_importance_display()}】"
    return f"{mark}{version.title}"


def short_facts(version: NoticeVersion) -> tuple[str, ...]:
    """What a letter of several notices says of each: number, issuer, due date and link."""
    facts = [
        f"文書番号：{version.number or 'なし'}",
        f"発出元：{version.notice.division.full_name}",
    ]
    if version.due_on:
        facts.append(f"対応の期限：{wareki(version.due_on)}")
    return (*facts, address(version))


def facts_of(version: NoticeVersion) -> list[str]:
    """What a mail says of a notice, a line each; never its content."""
    facts = [
        f"種別：{version.get_category_display()}",
        f"文書番号：{version.number or 'なし'}",
        f"件名：{version.title}",
        f"発出元：{version.notice.division.full_name}",
        f"発出日：{wareki(version.issued_on)}",
    ]
    if version.due_on:
        facts.append(f"対応の期限：{wareki(version.due_on)}")
    return facts


def address(version: NoticeVersion) -> str:
    """The address of the notice's page, as it stands in a mail."""
    return f"{settings.PORTAL_URL}/notices/{version.notice_id}/"


def pointer(version: NoticeVersion, corrected: bool = False) -> str:
    """The text of the letter about a notice, or about its correction, without its greeting."""
    lines = [CORRECTED if corrected else ARRIVED, "", *facts_of(version)]
    if corrected:
        lines += ["", "訂正の理由：", version.correction_reason]
    if corrected and version.acknowledge_again:
        lines += ["", CONFIRM_AGAIN]
    return "\n".join([*lines, "", address(version), "", FOOTER])
