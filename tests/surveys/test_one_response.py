"""One response and three people, in whatever order they act: nothing is lost, nothing is
overwritten unseen.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from accounts.models import User
from accounts.states import Role
from onepublic.core.errors import Refused
from surveys.actions import (
    Outcome,
    answers,
    give_back,
    hand_section,
    mark_section,
    pull_back,
    return_responses,
    save_answers,
    submit,
)
from surveys.models import Assignment
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import assignment

pytestmark = pytest.mark.django_db
FIELDS = {"a": "s1", "b": "s1", "c": "s2"}
PEOPLE = ("gatherer", "colleague", "welfare")
STEPS = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
SEARCH = settings(STEPS, max_examples=500)
"""For a control: it ends with the first loss, and must not miss it by chance."""
who, which, sections = (
    st.sampled_from(PEOPLE),
    st.sampled_from(list(FIELDS)),
    st.sampled_from(["s1", "s2"]),
)
texts = st.sampled_from(["", "一", "二", "三"])


def document() -> dict[str, Any]:
    def section(key: str) -> dict[str, Any]:
        shared = {"type": "text", "required": False, "max_length": 20}
        questions = [{"id": f, "label": f, **shared} for f, place in FIELDS.items() if place == key]
        return {"id": key, "title": key, "questions": questions}

    return {"sections": [section("s1"), section("s2")], "rules": []}


class OneResponse(RuleBasedStateMachine):
    """Two people of the window, which gathers, and one of a division that may be asked."""

    needs_approval = False

    @initialize()
    def begin(self) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        town = OrganizationFactory.create(answers_need_approval=self.needs_approval)
        self.division = DivisionFactory.create(organization=town)
        self.asked: Assignment = assignment(organization=town, document=document())
        self.people: dict[str, User] = {
            "gatherer": person_at(town),
            "colleague": person_at(town),
            "welfare": person_at(self.division, Role.DRAFTER),
        }
        self.asker: str | None = None
        self.history: dict[str, list[object]] = {field: [] for field in FIELDS}
        self.seen: dict[str, dict[str, int]] = {}
        self.with_welfare: set[str] = set()
        self.done: set[str] = set()
        self.handed_in: dict[str, object] | None = None
        for person in PEOPLE:
            self.open_page(person)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @rule(person=who)
    def open_page(self, person: str) -> None:
        """The person sees everything that is stored now."""
        self.seen[person] = {field: len(values) for field, values in self.history.items()}

    @rule(person=who, field=which, text=texts)
    def type_text(self, person: str, field: str, text: str) -> None:
        """Autosave from the page as the person has it open."""
        before = self.stored().get(field)
        change = {field: (text, self.seen[person][field])}
        try:
            result = save_answers(self.asked, by=self.people[person], changes=change)[field]
        except Refused:
            assert self.is_shut
            return
        assert not self.is_shut
        if FIELDS[field] in self.with_welfare and person != "welfare":
            assert result.outcome is Outcome.REFUSED
            assert self.stored().get(field) == before
            return
        self.settle(person, field, text or None, result.outcome)

    def settle(self, person: str, field: str, value: object, outcome: Outcome) -> None:
        """A new value needs the newest revision; the same value is no news to anybody."""
        values = self.history[field]
        if value == (values[-1] if values else None):
            assert outcome is Outcome.SAVED
        elif self.seen[person][field] != len(values):
            assert outcome is Outcome.STALE
        else:
            assert outcome is Outcome.SAVED
            values.append(value)
            self.done.discard(FIELDS[field])
        if outcome is Outcome.SAVED:
            self.seen[person][field] = len(values)

    @rule(person=who, section=sections)
    def hand_over(self, person: str, section: str) -> None:
        def act() -> None:
            held_by = self.division.pk if section in self.with_welfare else None
            hand_section(
                self.asked,
                section,
                to=self.division,
                note="",
                by=self.people[person],
                held_by=held_by,
            )

        if self.works(act, allowed=person != "welfare"):
            self.with_welfare.add(section)
            self.done.discard(section)

    @rule(person=who, section=sections)
    def return_section(self, person: str, section: str) -> None:
        def act() -> None:
            give_back(
                self.asked, section, note="", by=self.people[person], held_by=self.division.pk
            )

        if self.works(act, allowed=section in self.with_welfare):
            self.with_welfare.discard(section)

    @rule(person=who, section=sections, done=st.booleans())
    def mark(self, person: str, section: str, done: bool) -> None:
        def act() -> None:
            mark_section(self.asked, section, done=done, by=self.people[person])

        if self.works(act, allowed=person == "welfare" or section not in self.with_welfare):
            self.done = self.done | {section} if done else self.done - {section}

    @rule(person=who)
    def hand_in(self, person: str) -> None:
        if self.works(lambda: submit(self.asked, by=self.people[person]), allowed=True):
            self.handed_in = self.stored()

    @rule(person=who)
    def take_back(self, person: str) -> None:
        waiting = self.handed_in is not None
        try:
            pull_back(self.asked, by=self.people[person])
        except Refused:
            assert not waiting
        else:
            assert waiting
            self.handed_in = None

    @rule()
    def ministry_returns(self) -> None:
        survey = self.asked.survey
        count = return_responses(survey, [self.asked.pk], by=survey.created_by, reason="確認")
        assert count == (self.handed_in is not None)
        self.handed_in = None

    @property
    def is_shut(self) -> bool:
        """Whether nobody may write: it was handed in, or waits for its approval."""
        return self.handed_in is not None or self.asker is not None

    def works(self, act: Callable[[], object], *, allowed: bool) -> bool:
        """Whether the act was done: it must be, by those who may, while it may be written."""
        try:
            act()
        except (Refused, PermissionDenied):
            assert self.is_shut or not allowed
            return False
        assert not self.is_shut
        assert allowed
        return True

    def stored(self) -> dict[str, object]:
        return dict(self.asked.answers.values_list("field", "value"))

    @invariant()
    def every_value_ever_saved_is_kept_in_its_order(self) -> None:
        kept = {field: self.kept(field) for field in FIELDS}

        assert kept == self.history

    def kept(self, field: str) -> list[object]:
        past = self.asked.past_answers.filter(field=field)
        now = self.asked.answers.filter(field=field)
        rows = [*past.values_list("revision", "value"), *now.values_list("revision", "value")]
        assert sorted(revision for revision, _ in rows) == list(range(1, len(rows) + 1))
        return [value for _, value in sorted(rows, key=lambda row: row[0])]

    @invariant()
    def what_was_handed_in_stays(self) -> None:
        if self.handed_in is not None:
            assert self.stored() == self.handed_in
            assert self.asked.submissions.get(ended_at=None).values == self.handed_in

    @invariant()
    def a_part_is_done_until_something_in_it_changes(self) -> None:
        works = self.asked.section_works.all()

        assert {work.section_id for work in works if work.done_at} == self.done
        assert {work.section_id for work in works if work.division_id} == self.with_welfare


def test_nothing_is_lost_and_nothing_overwritten_unseen() -> None:
    run_state_machine_as_test(OneResponse, settings=STEPS)


def test_without_the_look_at_the_revision_the_loss_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judge = answers._judge

    def blind(questionnaire: Any, key: Any, raw: Any, held: Any, seen: Any, closed: Any) -> Any:
        return judge(questionnaire, key, raw, held, held.revision, closed)

    monkeypatch.setattr(answers, "_judge", blind)

    with pytest.raises(AssertionError):
        run_state_machine_as_test(OneResponse, settings=SEARCH)
