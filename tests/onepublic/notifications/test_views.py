import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.mail import PASSWORD_RESET
from accounts.models import User
from notices.models import Notice
from onepublic.mail import rendering
from onepublic.mail.models import OutboxMessage
from onepublic.mail.states import MailState
from onepublic.notifications.subjects import KINDS
from tests.factories.accounts import OrganizationFactory, UserFactory, person_at
from tests.factories.notices import published
from tests.factories.surveys import assignment_of, running_survey

pytestmark = pytest.mark.django_db
NOTIFICATIONS = reverse("notifications")


def told(client: Client, query: str = "") -> list[tuple[str, str]]:
    rows = client.get(NOTIFICATIONS + query).context["rows"]
    return [(row.kind, row.subject.title if row.subject else "") for row in rows]


def mailed(person: User, notice: Notice) -> OutboxMessage:
    """As if the person had stood at the window when the notice was published."""
    return OutboxMessage.objects.create(
        kind="notice_published", subject_id=notice.versions.get().pk, person=person
    )


def test_every_kind_of_mail_has_a_label_and_a_finder() -> None:
    assert set(KINDS) == set(rendering._renderers)


def test_it_mirrors_the_mails_to_the_person_newest_first(client: Client) -> None:
    town, other = OrganizationFactory.create_batch(2)
    officer = person_at(town)
    person_at(other)
    notice = published(to=[town, other], title="町への通知")
    survey = running_survey(town, title="町への調査", notify_by_mail=True)
    published(to=[other], title="他の村への通知")
    client.force_login(officer)

    page = client.get(NOTIFICATIONS)

    assert [(row.kind, row.subject.title, row.subject.url) for row in page.context["rows"]] == [
        ("回答の依頼", "町への調査", f"/surveys/assignments/{assignment_of(survey, town).pk}/"),
        ("通知の発出", "町への通知", f"/notices/{notice.pk}/"),
    ]


def test_it_says_whether_the_mail_was_sent(client: Client) -> None:
    town = OrganizationFactory.create()
    officer = person_at(town)
    for _ in range(3):
        published(to=[town])
    _, failed, sent = OutboxMessage.objects.order_by("pk")
    OutboxMessage.objects.filter(pk=failed.pk).update(state=MailState.FAILED)
    OutboxMessage.objects.filter(pk=sent.pk).update(state=MailState.SENT, sent_at=timezone.now())
    client.force_login(officer)

    page = client.get(NOTIFICATIONS)

    states = [row.message.get_state_display() for row in page.context["rows"]]
    assert states == ["送信済み", "送信できず", "送信待ち"]


def test_what_the_person_may_no_longer_see_keeps_its_title(client: Client) -> None:
    stranger = UserFactory.create()
    mailed(stranger, published(to=[OrganizationFactory.create()], title="見えない通知"))
    client.force_login(stranger)

    page = client.get(NOTIFICATIONS)

    assert [row.subject for row in page.context["rows"]] == [None]
    assert "現在は表示できません" in page.content.decode()
    assert "見えない通知" not in page.content.decode()


def test_a_reset_of_the_password_is_told_without_its_link(client: Client) -> None:
    officer = UserFactory.create()
    OutboxMessage.objects.create(kind=PASSWORD_RESET, subject_id=1, person=officer)
    client.force_login(officer)

    page = client.get(NOTIFICATIONS)

    assert told(client) == [("アカウント", "パスワードの再設定の案内")]
    assert "password/reset" not in page.content.decode()


def test_a_kind_that_nobody_renders_any_more_is_left_out(client: Client) -> None:
    officer = person_at(OrganizationFactory.create())
    OutboxMessage.objects.create(kind="forgotten", subject_id=1, person=officer)
    client.force_login(officer)

    page = client.get(NOTIFICATIONS)

    assert page.context["rows"] == []
    assert "お知らせはありません" in page.content.decode()


def test_older_ones_follow_on_the_next_page(client: Client) -> None:
    town = OrganizationFactory.create()
    officer = UserFactory.create()
    notice = published(to=[town])
    OutboxMessage.objects.bulk_create(
        OutboxMessage(kind="notice_published", subject_id=-number, person=officer)
        for number in range(50)
    )
    mailed(officer, notice)
    client.force_login(officer)

    cursor = client.get(NOTIFICATIONS).context["page"].next_cursor

    assert len(told(client)) == 50
    assert len(told(client, f"?cursor={cursor}")) == 1
    assert len(told(client, "?cursor=%FF")) == 50


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_the_same_queries_however_many_came(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    town = OrganizationFactory.create()
    officer = person_at(town)
    for _ in range(count):
        published(to=[town])
        running_survey(town, notify_by_mail=True)
    client.force_login(officer)

    with django_assert_num_queries(9):
        page = client.get(NOTIFICATIONS)

    assert len(page.context["rows"]) == 2 * count
