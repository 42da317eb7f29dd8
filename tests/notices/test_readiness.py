from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.audience import AudienceRule
from notices.actions.attaching import attach
from notices.actions.drafting import set_audience
from notices.models import Notice, NoticeVersion
from notices.readiness import what_is_missing, what_is_unusual
from notices.states import Action, Category
from tests.factories.accounts import PrefectureFactory
from tests.factories.notices import a_draft

pytestmark = pytest.mark.django_db


def version_of(notice: Notice) -> NoticeVersion:
    return notice.versions.select_related("notice").get()


def addressed(**changes: Any) -> Notice:
    today = timezone.localdate()
    fresh = {"issued_on": today, "number": f"医政発{today:%m%d}第1号"}
    notice = a_draft(**{**fresh, **changes})
    PrefectureFactory.create()
    set_audience(notice, by=notice.created_by, rule=AudienceRule(kinds=["prefecture"]))
    return notice


def test_a_complete_draft_lacks_nothing() -> None:
    assert what_is_missing(version_of(addressed())) == []


def test_blanks_are_named_in_the_order_of_the_page() -> None:
    version = version_of(
        a_draft(number=" ", addressee_line="", body="\n", action_asked=Action.ANSWER)
    )

    assert what_is_missing(version) == ["文書番号", "宛名", "本文", "対応の期限", "宛先の団体"]


@pytest.mark.parametrize("category", [Category.ADMIN_MESSAGE, Category.REQUEST])
def test_only_a_formal_notice_needs_a_number(category: Category) -> None:
    assert what_is_missing(version_of(addressed(category=category, number=""))) == []


def test_an_audience_in_few_prefectures_is_said_in_figures() -> None:
    assert what_is_unusual(version_of(addressed())) == [
        "宛先は47都道府県のうち1都道府県の団体です。"
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"issued_on": date(2026, 4, 1)}, "発出日が今日の日付ではありません。"),
        ({"due_on": timezone.localdate() - timedelta(days=2)}, "対応の期限が過ぎています。"),
        (
            {"due_on": timezone.localdate()},
            "求める対応が「周知」のため、対応の期限は宛先の団体の期限の一覧に載りません。",
        ),
        ({"number": "医政発0102第3号"}, "文書番号の月日が発出日と違います。"),
        ({"notify_by_mail": False}, "メールで知らせない設定です。"),
        ({"contacts": []}, "問合せ先がありません。"),
        (
            {"body": "別紙のとおり"},
            "本文に「別紙」または「別添」とありますが、添付がありません。",
        ),
    ],
)
def test_a_likely_slip_is_named(changes: dict[str, Any], sentence: str) -> None:
    assert sentence in what_is_unusual(version_of(addressed(**changes)))


def test_names_of_unfinished_files_are_named() -> None:
    notice = addressed(body="別紙のとおり")
    files = [
        SimpleUploadedFile(name, b"x") for name in ("（案）別紙.txt", "ＤＲＡＦＴ.txt", "表.txt")
    ]
    attach(notice, by=notice.created_by, files=files, kind="annex")

    found = [sentence for sentence in what_is_unusual(version_of(notice)) if "添付" in sentence]
    assert found == [
        "添付「（案）別紙.txt」の名前に、作成途中を思わせる語があります。",
        "添付「ＤＲＡＦＴ.txt」の名前に、作成途中を思わせる語があります。",
    ]
