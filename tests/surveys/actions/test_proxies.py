from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Organization, User
from accounts.states import Role
from onepublic.core.errors import Refused, Stale
from onepublic.mail.models import OutboxMessage
from surveys.actions import (
    ask_extension,
    close_survey,
    declare_not_applicable,
    pull_back,
    request_approval,
    save_answers,
    submit,
)
from surveys.actions.inquiries import ask_inquiry
from surveys.actions.proxies import begin_proxy, end_proxy
from surveys.models import Assignment, ProxyEntry
from surveys.permissions import can_hand_in, may_answer, may_ask
from surveys.states import AssignmentState, Origin, PrefecturePart
from tests.factories.accounts import PrefectureFactory, person_at
from tests.factories.surveys import COMPLETE, answer, submitted
from tests.surveys.prefecture import Area
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db
CONSENT: dict[str, Any] = {
    "consent_by": "総務課長",
    "consent_how": "電話",
    "reason": "庁舎の被災",
    "may_submit": True,
}


def begun(**consent: Any) -> tuple[Assignment, User]:
    area = Area()
    (asked,) = area.asked
    begin_proxy(asked, by=area.officer, **(CONSENT | consent))
    return asked, area.officer


def origins(asked: Assignment) -> dict[str, str]:
    return dict(asked.answers.values_list("field", "origin"))


def test_nobody_of_the_prefecture_writes_without_consent() -> None:
    area = Area(2)
    helped, other = area.asked
    begin_proxy(helped, by=area.officer, **CONSENT)
    people = [
        area.officer,
        person_at(area.prefecture, Role.APPROVER),
        person_at(area.prefecture, Role.VIEWER),
        person_at(PrefectureFactory.create()),
        area.survey.created_by,
    ]

    assert [may_answer(each, helped) for each in people] == [True, True, False, False, False]
    assert not any(may_answer(each, other) for each in people)
    with pytest.raises(PermissionDenied):
        save_answers(other, by=area.officer, changes={"staff": ("1", 0)})
    assert list(Assignment.objects.visible_to(area.officer)) == [helped]


def test_each_value_that_the_prefecture_writes_is_marked() -> None:
    asked, officer = begun()
    own = person_at(asked.organization)
    answer(asked, own, staff="3", desk="true")

    answer(asked, officer, staff="4", name="相談室")

    assert origins(asked) == {
        "staff": Origin.PROXY,
        "desk": Origin.TYPED,
        "name": Origin.PROXY,
    }
    answer(asked, own, name="窓口")
    assert origins(asked)["name"] == Origin.TYPED
    past = asked.past_answers.get(field="name")
    assert (past.origin, past.value) == (Origin.PROXY, "相談室")


def test_the_prefecture_hands_in_what_the_municipality_agreed_to_and_is_done() -> None:
    asked, officer = begun()
    Organization.objects.filter(pk=asked.organization_id).update(answers_need_approval=True)
    answer(asked, officer, **COMPLETE)

    receipt = submit(asked, by=officer)

    done = Assignment.objects.get(pk=asked.pk)
    entry = ProxyEntry.objects.get()
    assert (done.state, done.submitted_by) == (AssignmentState.SUBMITTED, officer)
    assert entry.submission is not None
    assert (entry.ended_by, str(entry.submission)) == (officer, receipt)
    assert may_answer(officer, asked) is False
    assert Assignment.objects.visible_to(officer).filter(pk=asked.pk).exists()


def test_without_that_consent_only_the_municipality_hands_in() -> None:
    asked, officer = begun(may_submit=False)
    answer(asked, officer, **COMPLETE)

    assert can_hand_in(officer, asked) is False
    with pytest.raises(PermissionDenied):
        submit(asked, by=officer)
    with pytest.raises(PermissionDenied):
        declare_not_applicable(asked, by=officer, reason="なし")
    submit(asked, by=person_at(asked.organization))

    entry = ProxyEntry.objects.get()
    assert (entry.submission, entry.ended_at is not None) == (None, True)
    assert not Assignment.objects.visible_to(officer).exists()


def test_what_was_handed_in_by_proxy_is_pulled_back_by_the_municipality_alone() -> None:
    asked, officer = begun()
    answer(asked, officer, **COMPLETE)
    submit(asked, by=officer)
    with pytest.raises(PermissionDenied):
        pull_back(asked, by=officer)

    pull_back(asked, by=person_at(asked.organization))

    assert not Assignment.objects.visible_to(officer).exists()


def test_only_the_municipality_itself_asks_for_something() -> None:
    asked, officer = begun()
    answer(asked, officer, **COMPLETE)

    assert may_ask(officer, asked) is False
    with pytest.raises(PermissionDenied):
        request_approval(asked, by=officer)
    with pytest.raises(PermissionDenied):
        ask_extension(asked, by=officer, until=asked.due_on, reason="被災")
    with pytest.raises(PermissionDenied):
        ask_inquiry(asked, by=officer, question_id="", text="対象は")


def test_it_is_begun_by_drafters_of_the_prefecture_that_has_a_part() -> None:
    area, kept = Area(), Area(prefecture_part=PrefecturePart.NONE)
    (asked,), (hidden,) = area.asked, kept.asked
    tries = [
        (asked, person_at(area.prefecture, Role.APPROVER)),
        (asked, person_at(PrefectureFactory.create(), Role.DRAFTER)),
        (asked, person_at(asked.organization)),
        (asked, area.survey.created_by),
        (hidden, kept.officer),
    ]

    for assignment, person in tries:
        with pytest.raises(PermissionDenied):
            begin_proxy(assignment, by=person, **CONSENT)
    begin_proxy(asked, by=person_at(area.prefecture, Role.DRAFTER), **CONSENT)

    assert ProxyEntry.objects.count() == 1


def test_it_is_begun_once_and_only_while_something_is_to_be_written() -> None:
    area = Area(3)
    helped, done, _ = area.asked
    begin_proxy(helped, by=area.officer, **CONSENT)
    submitted(done)
    for asked in (helped, done):
        with pytest.raises(Refused):
            begin_proxy(asked, by=area.officer, **CONSENT)
    close_survey(area.survey, by=area.survey.created_by)
    with pytest.raises(Refused):
        begin_proxy(area.asked[2], by=area.officer, **CONSENT)

    assert ProxyEntry.objects.count() == 1


@pytest.mark.parametrize("role", [Role.DRAFTER, Role.APPROVER, Role.ORG_ADMIN])
def test_the_municipality_ends_it_any_time(role: Role) -> None:
    asked, officer = begun()

    end_proxy(asked, by=person_at(asked.organization, role))

    with pytest.raises(PermissionDenied):
        save_answers(asked, by=officer, changes={"staff": ("1", 0)})
    with pytest.raises(PermissionDenied):
        end_proxy(asked, by=officer)
    with pytest.raises(Stale):
        end_proxy(asked, by=person_at(asked.organization))


def test_a_reader_of_the_municipality_ends_nothing() -> None:
    asked, officer = begun()

    for person in (person_at(asked.organization, Role.VIEWER), asked.survey.created_by):
        with pytest.raises(PermissionDenied):
            end_proxy(asked, by=person)
    end_proxy(asked, by=officer)

    assert not ProxyEntry.objects.in_force().exists()


def test_the_municipality_is_told_of_the_beginning_and_the_prefecture_of_the_end() -> None:
    area = Area()
    (asked,) = area.asked
    window = person_at(asked.organization, Role.VIEWER)
    ender = person_at(asked.organization)

    begin_proxy(asked, by=area.officer, **CONSENT)
    first = set(OutboxMessage.objects.values_list("person", flat=True))
    end_proxy(asked, by=ender)

    everything = OutboxMessage.objects.filter(kind="proxy_entry").order_by("subject_id")
    last = everything.filter(subject_id=max(m.subject_id for m in everything))
    assert first == {window.pk, ender.pk}
    assert {message.person_id for message in last} == {window.pk, area.officer.pk}


def _write_while_it_ends() -> tuple[Assignment, list[Any]]:
    asked, officer = begun()
    own = person_at(asked.organization)
    outcomes = at_once(
        [
            lambda: save_answers(asked, by=officer, changes={"staff": ("1", 0)}),
            lambda: end_proxy(asked, by=own),
        ],
        before=("WITH written", 'INSERT INTO "audit_'),
    )
    return asked, outcomes


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_after_the_end() -> None:
    asked, (saved, ended) = _write_while_it_ends()

    assert ended is None
    entry = ProxyEntry.objects.get()
    written = asked.answers.first()
    if isinstance(saved, PermissionDenied):
        assert written is None
    else:
        assert written is not None
        assert entry.ended_at is not None
        assert written.updated_at < entry.ended_at


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_it_is_written_beside_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    monkeypatch.setattr("surveys.actions.proxies.lock_row", lambda model, pk: None)

    asked, (saved, ended) = _write_while_it_ends()

    written, entry = asked.answers.get(), ProxyEntry.objects.get()
    assert (isinstance(saved, Exception), ended) == (False, None)
    assert entry.ended_at is not None
    assert written.updated_at > entry.ended_at
