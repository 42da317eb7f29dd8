"""Notices in each state, through the verbs that the pages call where a verb exists."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from accounts.audience import AudienceRule
from accounts.models import Division, Organization, User
from accounts.states import Role
from notices.actions.correcting import begin_correction
from notices.actions.drafting import draft, edit, set_audience
from notices.actions.manuscript import ContactLine, Manuscript
from notices.actions.publication import publish
from notices.actions.questions import answer, ask
from notices.actions.review import submit_for_review
from notices.actions.withdrawing import withdraw
from notices.models import Notice, NoticeVersion, Question, Topic, TopicRoute
from notices.states import Action, Category
from tests.factories.accounts import DivisionFactory, person_at

ISSUED_ON = date(2026, 11, 23)


def manuscript(**changes: Any) -> Manuscript:
    """A complete text; name only what matters to the test."""
    complete: dict[str, Any] = {
        "category": Category.NOTICE,
        "number": "医政発1123第1号",
        "issued_on": ISSUED_ON,
        "addressee_line": "各 都道府県知事 殿",
        "title": "予防接種の実施について",
        "body": "標記について、下記のとおり取り扱われたい。\n\n記\n\n１　期日",
        "contacts": [ContactLine(division="医政局総務課", extension="2513")],
    }
    return Manuscript(**{**complete, **changes})


def version_of(notice: Notice) -> NoticeVersion:
    """The newest version of the notice as the database holds it, a draft or published."""
    return notice.versions.select_related("notice").latest("sequence")


def drafter_of(division: Division) -> User:
    """Somebody who drafts for the division and decides nothing."""
    return person_at(division, Role.DRAFTER)


def approver_of(division: Division) -> User:
    """Somebody who decides for the division and drafts nothing."""
    return person_at(division, Role.APPROVER)


def a_draft(*, division: Division | None = None, by: User | None = None, **changes: Any) -> Notice:
    """A complete draft of the ministry, addressed to nobody yet."""
    division = division or DivisionFactory.create()
    author = by or drafter_of(division)
    number = f"医政発1123第{Notice.objects.count() + 1}号"
    text = manuscript(**{"number": number, **changes})
    return draft(division=division, by=author, manuscript=text)


def in_review(
    *, to: Sequence[Organization], division: Division | None = None, **changes: Any
) -> Notice:
    """A draft addressed to the organizations, submitted by its drafter."""
    notice = a_draft(division=division, **changes)
    rule = AudienceRule(codes=[organization.code for organization in to])
    set_audience(notice, by=notice.created_by, rule=rule)
    submit_for_review(notice, by=notice.created_by)
    notice.refresh_from_db()
    return notice


def published(
    *, to: Sequence[Organization], division: Division | None = None, **changes: Any
) -> Notice:
    """A notice delivered to the organizations."""
    notice = in_review(to=to, division=division, **changes)
    return publish(notice, by=approver_of(notice.division))


def asking(*, to: Sequence[Organization], due_on: date, **changes: Any) -> Notice:
    """A published notice that asks the organizations to act by a day."""
    notice = in_review(to=to, due_on=due_on, **{"action_asked": Action.ACT, **changes})
    return publish(notice, by=approver_of(notice.division))


def asked_question(notice: Notice, *, by: User, text: str = "様式に押印は必要ですか。") -> Question:
    """A question that waits for its answer."""
    return ask(notice, by=by, text=text, key=uuid4())


def answered_question(notice: Notice, *, by: User, answered_by: User) -> Question:
    """A question with its answer, which is published for all."""
    return answer(
        asked_question(notice, by=by),
        by=answered_by,
        text="押印は不要です。",
        key=uuid4(),
        public_question="様式への押印は必要か。",
    )


def topic(name: str) -> Topic:
    """The topic with this name: asked for twice, the same row."""
    return Topic.objects.get_or_create(name=name)[0]


def routed(name: str, *, to: Division) -> TopicRoute:
    """The division's organization leads the topic with this name to it."""
    return TopicRoute.objects.create(organization=to.organization, topic=topic(name), division=to)


def correction_in_review(
    notice: Notice, *, acknowledge_again: bool = False, reason: str = "日付の誤り", **changes: Any
) -> NoticeVersion:
    """A correction of a published notice with a changed text, submitted by its drafter."""
    drafter = notice.created_by
    changes = {"number": version_of(notice).number, **changes}
    begin_correction(notice, by=drafter, reason=reason, acknowledge_again=acknowledge_again)
    edit(notice, by=drafter, manuscript=manuscript(**changes))
    submit_for_review(notice, by=drafter)
    return version_of(notice)


def corrected(notice: Notice, **options: Any) -> Notice:
    """The notice with a published correction; ``options`` as for correction_in_review."""
    correction_in_review(notice, **options)
    return publish(notice, by=approver_of(notice.division))


def taken_back(notice: Notice) -> None:
    """Withdrawn by an approver of its division."""
    withdraw(notice, by=approver_of(notice.division), reason="誤って発出したため")
