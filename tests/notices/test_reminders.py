"""Each test of whom the portal reminds holds people who could be reminded by mistake."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import Organization, User
from notices.actions.passing_on import decline, hand_over
from notices.actions.publication import publish
from notices.actions.receiving import acknowledge, mark_done, undo_done
from notices.actions.reminding import remind_of_due_dates
from notices.actions.withdrawing import withdraw
from notices.models import Notice
from notices.reminders import due_dates_to_remind_of, reminder_days
from notices.states import Action, Importance
from onepublic.core.business_days import is_business_day
from onepublic.mail.models import MailPreference, OutboxMessage
from onepublic.mail.rendering import render
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import (
    approver_of,
    asking,
    corrected,
    in_review,
    published,
    routed,
    topic,
    version_of,
)

pytestmark = pytest.mark.django_db
# Far enough ahead: what is overdue is not sent.
TUESDAY, MONDAY, FRIDAY = date(2046, 12, 11), date(2046, 12, 10), date(2046, 12, 7)


@pytest.fixture
def village() -> Organization:
    return OrganizationFactory.create()


def reminders() -> list[OutboxMessage]:
    rows = OutboxMessage.objects.filter(kind__startswith="notice_reminder")
    return list(rows.select_related("person").order_by("pk"))


def reminded() -> list[User]:
    return [message.person for message in reminders()]


def remind(due_on: date, *, before: int) -> int:
    return remind_of_due_dates(due_on - timedelta(days=before))


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (date(2026, 12, 10), {date(2026, 12, 7): 3, date(2026, 12, 9): 1}),
        (TUESDAY, {FRIDAY: 3, MONDAY: 1}),  # three days before is a Saturday
        (MONDAY, {FRIDAY: 1}),  # Friday and Sunday are one day of reminding
        (date(2026, 11, 24), {date(2026, 11, 20): 1}),  # after a holiday
        (date(2027, 1, 4), {date(2026, 12, 28): 1}),  # after the turn of the year
        (date(2027, 1, 6), {date(2026, 12, 28): 3, date(2027, 1, 5): 1}),
    ],
)
def test_it_reminds_on_business_days_and_once_a_day(
    due_on: date, expected: dict[date, int]
) -> None:
    assert reminder_days(due_on) == expected


@given(today=st.dates(date(2026, 1, 1), date(2031, 12, 31)))
def test_each_due_date_is_found_on_its_days_of_reminding_and_on_no_other(today: date) -> None:
    around = [today + timedelta(days=days) for days in range(-5, 40)]

    found = due_dates_to_remind_of(today)

    due = {day: reminder_days(day) for day in around}
    assert found == {day: days[today] for day, days in due.items() if today in days}
    assert not found or is_business_day(today)


@pytest.mark.parametrize(("before", "expected"), [(5, 0), (4, 1), (3, 0), (1, 1), (0, 0), (-1, 0)])
def test_it_writes_on_these_days_alone(village: Organization, before: int, expected: int) -> None:
    person = person_at(village)
    asking(to=[village], due_on=TUESDAY)

    assert remind(TUESDAY, before=before) == expected
    assert reminded() == [person] * expected


def unopened(notice: Notice, by: User) -> None:
    """Nothing is done."""


def acknowledged(notice: Notice, by: User) -> None:
    acknowledge(notice, by=by)


def done(notice: Notice, by: User) -> None:
    mark_done(notice, by=by)


def not_done_after_all(notice: Notice, by: User) -> None:
    mark_done(notice, by=by)
    undo_done(notice, by=by)


def declined(notice: Notice, by: User) -> None:
    decline(notice, by=by, to="県の保健所", reason="所管でない")


def withdrawn(notice: Notice, by: User) -> None:
    withdraw(notice, by=approver_of(notice.division), reason="誤り")


@pytest.mark.parametrize("action", [Action.CHECK, Action.ACT, Action.ANSWER])
@pytest.mark.parametrize(
    ("step", "owes"),
    [
        (unopened, True),
        (acknowledged, True),
        (done, False),
        (not_done_after_all, True),
        (declined, False),
        (withdrawn, False),
    ],
)
def test_only_who_still_owes_is_reminded(
    village: Organization, action: str, step: Callable[[Notice, User], None], *, owes: bool
) -> None:
    """Before the day, and between the row and its letter."""
    person = person_at(village)
    early, late = (asking(to=[village], due_on=TUESDAY, action_asked=action) for _ in range(2))
    step(early, person)

    remind(TUESDAY, before=1)
    about = {message.subject_id for message in reminders()}
    step(late, person)
    letters = render(reminders()).letters
    written = {message.subject_id for message in reminders() if message.pk in letters}

    first, second = version_of(early).pk, version_of(late).pk
    assert about == ({first, second} if owes else {second})
    assert written == ({first, second} if owes else set())


def test_what_asks_for_nothing_reminds_nobody(village: Organization) -> None:
    person_at(village)
    published(to=[village], due_on=TUESDAY)

    assert remind(TUESDAY, before=1) == 0


def test_only_the_organizations_that_have_not_done_it_are_reminded() -> None:
    slow, quick, elsewhere = OrganizationFactory.create_batch(3)
    late, early = person_at(slow), person_at(quick)
    person_at(elsewhere)
    notice = asking(to=[slow, quick], due_on=TUESDAY)
    mark_done(notice, by=early)

    remind(TUESDAY, before=1)

    assert reminded() == [late]


def test_the_division_that_deals_with_it_is_reminded_and_the_one_it_was_handed_to(
    village: Organization,
) -> None:
    person_at(village)
    first, second = DivisionFactory.create_batch(2, organization=village)
    at_first, at_second = person_at(first), person_at(second)
    routed("予防接種", to=first)
    notice = asking(to=[village], due_on=TUESDAY, topics=[topic("予防接種")])

    remind(TUESDAY, before=4)
    hand_over(notice, to=second, remark="", by=at_first)
    remind(TUESDAY, before=1)

    assert reminded() == [at_first, at_second]
    letters = render(reminders()).letters
    assert [message.person for message in reminders() if message.pk in letters] == [at_second]


def test_it_writes_once_however_often_it_runs(village: Organization) -> None:
    person_at(village)
    asking(to=[village], due_on=TUESDAY)

    assert [remind(TUESDAY, before=1) for _ in range(3)] == [1, 0, 0]
    assert remind(TUESDAY, before=4) == 1


def test_a_correction_is_reminded_of_in_place_of_the_version_before(village: Organization) -> None:
    person_at(village)
    notice = asking(to=[village], due_on=TUESDAY)
    remind(TUESDAY, before=1)
    notice = corrected(notice, due_on=TUESDAY, action_asked=Action.ACT)
    remind(TUESDAY, before=1)

    about = {message.pk: message.subject_id for message in reminders()}
    assert len(about) == 2
    assert [about[key] for key in render(reminders()).letters] == [notice.current_version_id]


def test_whoever_was_told_today_is_not_reminded_today(village: Organization) -> None:
    person_at(village)
    notice = in_review(to=[village], due_on=TUESDAY, action_asked=Action.ACT)
    morning = timezone.make_aware(datetime.combine(MONDAY, time(7)))
    publish(notice, by=approver_of(notice.division), moment=morning)

    assert remind(TUESDAY, before=1) == 0


def test_what_is_overdue_by_now_is_not_sent(village: Organization) -> None:
    person_at(village)
    past = timezone.localdate() - timedelta(days=1)
    notice = asking(to=[village], due_on=past)
    OutboxMessage.objects.create(
        kind="notice_reminder_1", subject_id=version_of(notice).pk, person=person_at(village)
    )

    assert render(reminders()).letters == {}


def test_a_reminder_comes_collected_unless_the_notice_is_urgent(village: Organization) -> None:
    MailPreference.objects.create(user=person_at(village), hours=[8])
    for importance in (Importance.NORMAL, Importance.URGENT):
        asking(to=[village], due_on=TUESDAY, importance=importance)

    remind(TUESDAY, before=1)

    assert [message.digest_at is None for message in reminders()] == [False, True]


def test_the_mail_is_a_pointer(village: Organization, settings: Settings) -> None:
    settings.PORTAL_URL = "https://portal.example"
    person = person_at(village)
    division = DivisionFactory.create(bureau_name="医政局", name="総務課")
    notice = asking(to=[village], due_on=TUESDAY, division=division)
    remind(TUESDAY, before=1)

    [message] = reminders()
    letter = render([message]).letters[message.pk]

    assert letter.subject == "［OnePublic］【期限が近い通知】予防接種の実施について"
    number = version_of(notice).number
    facts = f"対応の期限：令和28年12月11日（火）\n\nhttps://portal.example/notices/{notice.pk}/"
    assert letter.text == (
        f"{person.name} 様\n\n"
        "次の通知の対応の期限が近づいています。所属機関では、まだ対応済みになっていません。\n\n"
        f"種別：通知\n文書番号：{number}\n件名：予防接種の実施について\n発出元：医政局 総務課\n"
        f"発出日：令和８年11月23日（月）\n{facts}\n\n"
        "対応を終えたときは、上のページで「対応済み」にしてください。"
        "所管でないときは「所管外」にしてください。\n"
        "このメールには返信できません。お問い合わせは、通知に記載の問合せ先へお願いします。"
    )
    assert letter.entry[0] == "【期限が近い通知】予防接種の実施について"


def people_in(villages: Sequence[Organization]) -> int:
    return len([person_at(village) for village in villages for _ in range(2)])


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_any_number_of_recipients(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    villages = OrganizationFactory.create_batch(count)
    people = people_in(villages)
    asking(to=villages, due_on=TUESDAY)

    with django_assert_num_queries(4):  # versions; savepoint, one INSERT … SELECT, release
        assert remind(TUESDAY, before=1) == people

    messages = reminders()
    with django_assert_num_queries(2):  # versions, who owes
        assert len(render(messages).letters) == people
