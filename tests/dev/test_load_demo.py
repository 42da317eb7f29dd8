"""The demo's content: complete, consistent with the portal's own rules, and loaded once."""

import json
from collections import Counter

import pytest
from django.conf import settings as portal
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions.load_organizations import load_organizations
from accounts.models import Organization, User
from notices.models import Delivery, Notice, NoticeVersion
from notices.querysets import addressees
from notices.routing import people_to_tell
from onepublic.dev.seeding.afterwards import TRAINING
from onepublic.dev.seeding.collecting import ACCEPTED, EARLIER
from onepublic.dev.seeding.divisions import TEMPLATE
from onepublic.dev.seeding.notices import SAMPLES
from onepublic.dev.seeding.people import NAMED_PEOPLE, window_email
from onepublic.dev.seeding.preparations import KEPT, TITLE
from onepublic.mail.models import OutboxMessage
from onepublic.mail.states import MailState
from surveys.models import (
    Assignment,
    ExtensionRequest,
    Inquiry,
    ProxyEntry,
    Remark,
    ReminderRecipient,
    Survey,
)
from surveys.reminding import USUAL_DAYS
from surveys.responses import load_response, response_as_submitted
from surveys.states import AssignmentState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def country() -> None:
    load_organizations(portal.BASE_DIR / "accounts" / "data")


def look_at_notifications(client: Client) -> None:
    """People find what they were mailed, newest first, each with its page; in the city a section
    is told of what is routed to it or handed over, instead of the window.
    """
    always = {"通知の発出", "回答の依頼", "調査の督促"}
    found = {
        "saito": always,
        "tanaka": always | {"回答の決裁"},
        "suzuki": {"通知の発出", "都道府県からの連絡", "質問への回答", "回答の差戻し"},
        "takahashi": {"通知の発出", "担当の引継ぎ"},
        "yamamoto": always
        | {"都道府県からの連絡", "通知の取下げ", "質問への回答", "調査への質問の回答"},
    }
    for account, kinds in found.items():
        client.force_login(User.objects.get(email=f"{account}@demo.example"))
        rows = client.get(reverse("notifications")).context["rows"]
        moments = [row.message.sent_at or row.message.created_at for row in rows]
        assert moments == sorted(moments, reverse=True)
        assert (account, {row.kind for row in rows}) == (account, kinds)
        assert [row for row in rows if row.subject is None or not row.subject.url] == []


def look_at_what_divisions_have(client: Client) -> None:
    """The city's section was handed a notice over; an approver is asked to agree to another."""
    client.force_login(User.objects.get(email="takahashi@demo.example"))
    mine = client.get(reverse("notices:inbox"), {"show": "mine"}).context["page"].rows
    assert [row.notice.current_version.title for row in mine if row.remark] == [TRAINING]
    approver = User.objects.get(email="inoue@demo.example")
    joint = Notice.objects.being_joined_by(approver).exclude(division__in=approver.division_ids())
    client.force_login(approver)
    assert client.get(reverse("notices:agreement", args=[joint.get().pk])).status_code == 200
    client.force_login(User.objects.get(email="aoki@demo.example"))
    assert TEMPLATE in client.get(reverse("notices:templates")).text


def look_at_what_goes_on_around_responses(client: Client) -> None:
    """One waits for its approval, one was given back; more time and questions wait or are settled;
    who hands in alone needs no approval.
    """
    client.force_login(User.objects.get(email="shimizu@demo.example"))
    assert len(client.get(reverse("surveys:approvals")).context["assignments"]) == 1
    suzuki = User.objects.get(email="suzuki@demo.example")
    returned = Assignment.objects.returned_to(suzuki).get()
    client.force_login(suzuki)
    assert client.get(reverse("surveys:review", args=[returned.pk])).text.count("（見本）。") >= 2
    assert Counter(ExtensionRequest.objects.values_list("state", flat=True)) == {
        "asked": 1,
        "granted": 1,
    }
    published = [one.published_at is not None for one in Inquiry.objects.order_by("pk")]
    assert published == [True, False]
    assert (
        Organization.objects.filter(divisions__is_window=True)
        .filter(answers_need_approval=True)
        .exclude(level="ministry")
        .count()
        == 2
    )


def look_at_a_second_round(client: Client) -> None:
    """Last year's trial asked one prefecture; a village there may take its answers over, and
    sees what differs.
    """
    survey = Survey.objects.accepting().get(previous__isnull=False)
    asked = survey.assignments.get(organization__code="144029")
    client.force_login(User.objects.get(email="yamamoto@demo.example"))
    page = reverse("surveys:assignment", args=[asked.pk])
    offered = client.get(page).context["carryable_count"]
    compared = client.get(reverse("surveys:comparison", args=[asked.pk])).context
    assert survey.previous is not None
    earlier = Counter(survey.previous.assignments.values_list("state", flat=True))
    assert (survey.previous.state, earlier) == ("closed", {"submitted": 34})
    assert offered >= 5
    assert compared["differing"] == compared["count"] > offered


def look_at_what_becomes_of_what_was_handed_in(client: Client) -> None:
    """Reminders are planned and went out; a prefecture checks, gives back, and writes by proxy; the
    ministry comments, gives back and accepts.
    """
    plans = Survey.objects.accepting().values_list("reminder_days", flat=True)
    assert list(plans) == [list(USUAL_DAYS)] * 2
    assert ReminderRecipient.objects.filter(reminder__day__lt=timezone.localdate()).exists()
    survey = Survey.objects.accepting().get(prefecture_part="check")
    own = survey.assignments.filter(organization__prefecture__code="140007")
    assert survey.prefecture_rounds.get().due_on == survey.due_on - EARLIER
    assert own.filter(confirmed_at__isnull=False).count() == 1
    assert own.with_prefecture().exists()
    stages = Counter(
        Remark.objects.filter(assignment__survey=survey).values_list("stage", "assignment__state")
    )
    assert stages == {
        ("prefecture", "returned"): 2,
        ("ministry", "returned"): 2,
        ("ministry", "submitted"): 1,
    }
    assert survey.assignments.filter(state=AssignmentState.ACCEPTED).count() == ACCEPTED
    proxied = ProxyEntry.objects.in_force().get().assignment
    assert set(proxied.answers.values_list("origin", flat=True)) == {"proxy"}
    client.force_login(User.objects.get(email="saito@demo.example"))
    page = client.get(reverse("surveys:assignment", args=[proxied.pk]))
    assert page.status_code == 200


def look_at_what_is_prepared(client: Client) -> None:
    """The drafter sees the builder of the next round, and may begin others from its template."""
    client.force_login(User.objects.get(email="okada@demo.example"))
    prepared = Survey.objects.get(opened_at=None)
    page = client.get(reverse("surveys:questionnaire", args=[prepared.pk]))
    assert (prepared.title, page.status_code) == (TITLE, 200)
    assert KEPT in client.get(reverse("surveys:templates")).text


def look_at_what_came_afterwards(client: Client) -> None:
    """Who had read them sees what was corrected, and why the other one is gone."""
    corrected = Notice.objects.get(current_version__sequence=2)
    withdrawn = Notice.objects.get(state="withdrawn")
    client.force_login(User.objects.get(email="yamamoto@demo.example"))
    page = client.get(reverse("notices:detail", args=[corrected.pk]))
    [change] = page.context["comparison"].fields
    assert (change.label, [row.kind for row in change.rows].count("changed")) == ("本文", 2)
    assert client.get(reverse("notices:detail", args=[withdrawn.pk])).status_code == 410


def test_everything_is_loaded_once_and_obeys_the_rules(client: Client) -> None:
    call_command("load_demo")
    call_command("load_demo")

    samples = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
    published = Notice.objects.published().select_related("current_version").order_by("pk")
    assert [notice.current_version.title for notice in published] == [s["title"] for s in samples]  # type: ignore[union-attr]
    for notice in published:
        addressed = set(Organization.objects.matching(notice.audience).values_list("pk", flat=True))
        assert set(notice.deliveries.values_list("organization_id", flat=True)) == addressed
    assert Delivery.objects.filter(acknowledged_at__isnull=False).exists()
    mailed = published.last()
    assert mailed is not None
    told = people_to_tell(addressees(mailed), topics=mailed.topics.all())
    waiting = OutboxMessage.objects.filter(state=MailState.PENDING, kind="notice_published")
    assert waiting.count() == told.count()
    assert set(waiting.values_list("subject_id", flat=True)) == {mailed.current_version_id}

    drafts = Counter(NoticeVersion.objects.drafts().values_list("state", flat=True))
    assert drafts == {"draft": 3, "in_review": 4, "returned": 2}

    look_at_notifications(client)
    look_at_what_came_afterwards(client)
    look_at_what_divisions_have(client)
    look_at_what_goes_on_around_responses(client)
    look_at_a_second_round(client)
    look_at_what_becomes_of_what_was_handed_in(client)
    look_at_what_is_prepared(client)

    states = Counter(Assignment.objects.values_list("survey__title", "state"))
    assert Survey.objects.started().count() == 7
    most = max(count for (_, state), count in states.items() if state == "submitted")
    assert 1100 < most < 1300
    submitted = Assignment.objects.with_survey().filter(state=AssignmentState.SUBMITTED)
    for assignment in submitted.order_by("organization__code", "survey")[::25]:
        assert load_response(assignment).is_ready
        assert not assignment.is_late
        kept = assignment.submissions.select_related("revision").get()
        kept.assignment = assignment
        assert response_as_submitted(kept).is_ready
        assert kept.receipt_number == assignment.receipt_number


def test_empty_means_accounts_only_and_each_opens_its_page(client: Client) -> None:
    call_command("load_demo", empty=True)

    assert (Notice.objects.count(), Survey.objects.count()) == (0, 0)
    assert User.objects.filter(email__startswith="window-").count() == 1797
    pages = {person.email: person.page for person in NAMED_PEOPLE} | {
        window_email("144029"): "home"
    }
    for email, page in pages.items():
        response = client.post(reverse("demo:sign_in"), {"email": email}, follow=True)
        assert (response.status_code, response.redirect_chain) == (200, [(reverse(page), 302)])
        assert str(response.wsgi_request.user.get_username()) == email
