from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from notices.actions.receiving import open_delivery
from notices.actions.review import return_to_drafter
from notices.actions.withdrawing import withdraw
from notices.mail.drafts import not_published_letters
from notices.mail.publication import corrected_letters, published_letters, withdrawn_letters
from notices.models import IssuingRule, NoticeVersion
from notices.states import Importance
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Rendered, render
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import (
    a_draft,
    approver_of,
    corrected,
    in_review,
    published,
    version_of,
)

pytestmark = pytest.mark.django_db


def queued() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.select_related("person").order_by("pk"))


def test_the_mail_points_to_the_page_and_holds_no_content(settings: Settings) -> None:
    settings.PORTAL_URL = "https://portal.example"
    village = OrganizationFactory.create()
    person = person_at(village)
    division = DivisionFactory.create(bureau_name="医政局", name="総務課")
    notice = published(
        to=[village], division=division, due_on=date(2026, 12, 10), importance=Importance.URGENT
    )

    [message] = queued()
    letter = render([message]).letters[message.pk]

    assert letter.subject == "［OnePublic］【緊急】予防接種の実施について"
    assert letter.text == (
        f"{person.name} 様\n\n"
        "厚生労働省から、次の通知が届きました。\n\n"
        "種別：通知\n"
        "文書番号：医政発1123第1号\n"
        "件名：予防接種の実施について\n"
        "発出元：医政局 総務課\n"
        "発出日：令和８年11月23日（月）\n"
        "対応の期限：令和８年12月10日（木）\n\n"
        f"https://portal.example/notices/{notice.pk}/\n\n"
        "本文と添付ファイルは、上のページにログインしてご覧ください。\n"
        "このメールには返信できません。お問い合わせは、通知に記載の問合せ先へお願いします。"
    )


def test_an_ordinary_one_has_no_mark() -> None:
    village = OrganizationFactory.create()
    person_at(village)
    published(to=[village])

    [message] = queued()
    assert published_letters([message])[message.pk].subject == (
        "［OnePublic］予防接種の実施について"
    )


@pytest.mark.parametrize("people", [1, 3])
def test_a_batch_costs_one_query(
    people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    village = OrganizationFactory.create()
    names = [person_at(village).name for _ in range(people)]
    published(to=[village])
    messages = queued()

    with django_assert_num_queries(1):
        letters = published_letters(messages)

    greetings = [letters[message.pk].text.split(" 様")[0] for message in messages]
    assert sorted(greetings) == sorted(names)


def test_what_is_gone_or_unpublished_is_left_out() -> None:
    person = person_at(OrganizationFactory.create())
    version = NoticeVersion.objects.get(notice=a_draft())
    for subject_id in (version.pk, version.pk + 1000):
        OutboxMessage.objects.create(kind="notice_published", subject_id=subject_id, person=person)

    assert render(queued()) == Rendered()


def test_what_could_not_go_out_says_why_and_what_is_gone_is_left_out() -> None:
    notice = a_draft(title="予約した通知")
    version = version_of(notice)
    NoticeVersion.objects.filter(pk=version.pk).update(return_reason="宛先がありません。")
    there = OutboxMessage(pk=1, subject_id=version.pk, person=notice.created_by)
    gone = OutboxMessage(pk=2, subject_id=0, person=notice.created_by)

    letters = not_published_letters([there, gone])

    assert list(letters) == [1]
    assert letters[1].subject == "［OnePublic］発出できませんでした：予約した通知"
    assert "理由：宛先がありません。" in letters[1].text
    assert f"/notices/{notice.pk}/" in letters[1].text


def test_who_read_the_old_version_is_told_why_it_was_corrected() -> None:
    village = OrganizationFactory.create()
    reader = person_at(village)
    notice = published(to=[village])
    open_delivery(notice, by=reader)
    corrected(notice, reason="期日の誤り", acknowledge_again=True)

    message = queued()[-1]
    letter = corrected_letters([message])[message.pk]

    assert letter.subject == "［OnePublic］【訂正】予防接種の実施について"
    assert letter.text.startswith(
        f"{reader.name} 様\n\n"
        "ご覧になった次の通知が訂正されました。\n"
        "通知のページを開くと、変わったところが表示されます。\n\n種別：通知\n"
    )
    assert (
        "\n\n訂正の理由：\n期日の誤り\n\n"
        "この訂正では、確認（受領）を改めてお願いしています。\n\n" in letter.text
    )


def test_mail_about_a_version_that_was_corrected_meanwhile_is_left_out() -> None:
    village = OrganizationFactory.create()
    person_at(village)
    notice = published(to=[village])
    [message] = queued()
    corrected(notice)

    assert published_letters([message]) == {}


def test_who_had_opened_what_was_withdrawn_is_told_why() -> None:
    village = OrganizationFactory.create()
    reader = person_at(village)
    notice = published(to=[village])
    [sent] = queued()
    open_delivery(notice, by=reader)
    withdraw(notice, by=approver_of(notice.division), reason="宛先の誤り")

    message = queued()[-1]
    letter = withdrawn_letters([message])[message.pk]

    assert letter.subject == "［OnePublic］【取下げ】予防接種の実施について"
    assert "取下げの理由：\n宛先の誤り\n" in letter.text
    assert published_letters([sent]) == {}


def test_a_joint_division_is_pointed_to_the_page_of_its_agreement(settings: Settings) -> None:
    settings.PORTAL_URL = "https://portal.example"
    joint, division = DivisionFactory.create(), DivisionFactory.create(name="総務課")
    IssuingRule.objects.create(division=joint, requires_agreement=True)
    approver = approver_of(joint)
    village = OrganizationFactory.create()
    notice = in_review(to=[village], division=division, joint_issuers=[joint])

    [message] = queued()
    letter = render([message]).letters[message.pk]

    assert letter.subject == "［OnePublic］連名への同意のお願い：予防接種の実施について"
    assert letter.text == (
        f"{approver.name} 様\n\n"
        "次の通知を連名で発出することについて、課室の同意が求められています。\n\n"
        "件名：予防接種の実施について\n"
        f"起案：{division.full_name}\n\n"
        f"https://portal.example/notices/{notice.pk}/agreement/"
    )


def test_what_is_no_longer_in_review_asks_for_no_agreement() -> None:
    joint = DivisionFactory.create()
    IssuingRule.objects.create(division=joint, requires_agreement=True)
    approver_of(joint)
    notice = in_review(to=[OrganizationFactory.create()], joint_issuers=[joint])
    return_to_drafter(notice, by=approver_of(notice.division), reason="誤字")

    assert render(queued()) == Rendered()
