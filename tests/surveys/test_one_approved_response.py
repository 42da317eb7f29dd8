"""The same response in an organization that wants an approval: asked for, withdrawn, given back
inside and given, in whatever order. What is approved is what was asked for, value by value.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from onepublic.core.errors import Refused
from surveys.actions import (
    answers,
    locking,
    request_approval,
    return_inside,
    submit,
    withdraw_approval_request,
)
from surveys.models import Assignment
from surveys.states import ANSWERABLE_STATES, AssignmentState, Stage
from tests.surveys.test_one_response import SEARCH, STEPS, OneResponse, who

pytestmark = pytest.mark.django_db
APPROVERS = ("gatherer", "colleague")


class OneApprovedResponse(OneResponse):
    """Those of the window draft and approve; the one of the division only drafts."""

    needs_approval = True
    asked_for: dict[str, object] | None = None
    returned_inside = False

    @rule(person=who)
    def ask_for_approval(self, person: str) -> None:
        if self.works(lambda: request_approval(self.asked, by=self.people[person]), allowed=True):
            self.asker, self.asked_for = person, self.stored()
            self.returned_inside = False

    @rule(person=who)
    def withdraw(self, person: str) -> None:
        def act() -> None:
            withdraw_approval_request(self.asked, by=self.people[person])

        if self.decides(act, allowed=self.asker is not None):
            self.asker = None

    @rule(person=who)
    def give_back_inside(self, person: str) -> None:
        def act() -> None:
            return_inside(self.asked, by=self.people[person], reason="庁内", remarks={"a": "数"})

        if self.decides(act, allowed=self.may_decide(person)):
            self.asker, self.returned_inside = None, True

    @rule(person=who)
    def hand_in(self, person: str) -> None:
        """Only an approver who did not ask for it hands in, and just what was asked for."""

        def act() -> None:
            submit(self.asked, by=self.people[person])

        if self.decides(act, allowed=self.may_decide(person)):
            self.asker, self.handed_in = None, self.asked_for

    def may_decide(self, person: str) -> bool:
        return self.asker is not None and person in APPROVERS and person != self.asker

    def decides(self, act: Callable[[], object], *, allowed: bool) -> bool:
        """Whether the act was done, which it must be exactly by those who may."""
        try:
            act()
        except (Refused, PermissionDenied):
            assert not allowed
            return False
        assert allowed
        return True

    @invariant()
    def what_waits_for_its_approval_stays(self) -> None:
        if self.asker is not None:
            assert self.stored() == self.asked_for

    @invariant()
    def it_is_where_everybody_thinks(self) -> None:
        state = Assignment.objects.values_list("state", flat=True).get(pk=self.asked.pk)
        if self.asker is not None:
            assert state == AssignmentState.AWAITING_APPROVAL
        elif self.handed_in is not None:
            assert state == AssignmentState.SUBMITTED
        else:
            assert state in ANSWERABLE_STATES

    @invariant()
    def what_was_remarked_inside_is_open_until_asked_again(self) -> None:
        inside = self.asked.remarks.open().filter(stage=Stage.INSIDE)
        assert inside.exists() == self.returned_inside


def test_what_is_approved_is_what_was_asked_for() -> None:
    run_state_machine_as_test(OneApprovedResponse, settings=STEPS)


def test_without_the_look_at_the_revision_the_loss_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judge = answers._judge

    def blind(questionnaire: Any, key: Any, raw: Any, held: Any, seen: Any, closed: Any) -> Any:
        return judge(questionnaire, key, raw, held, held.revision, closed)

    monkeypatch.setattr(answers, "_judge", blind)

    with pytest.raises(AssertionError):
        run_state_machine_as_test(OneApprovedResponse, settings=SEARCH)


def test_without_the_look_at_the_state_the_change_behind_the_approver_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(locking, "_demand_answerable", locking._demand_unfinished)

    with pytest.raises(AssertionError):
        run_state_machine_as_test(OneApprovedResponse, settings=SEARCH)
