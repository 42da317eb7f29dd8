from collections.abc import Callable
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from onepublic.audit.models import events_of
from onepublic.core.errors import Refused, Stale
from surveys.actions import Subject, apply_step, mark_of, open_survey, questionnaires, redo, undo
from surveys.actions.questionnaires import Applied
from surveys.authoring import (
    Json,
    change_section,
    find_question,
    remove_question,
    shift_question,
)
from surveys.models import QuestionnaireRevision
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import draft_survey
from tests.surveys.racing import at_once, without_locks


@pytest.fixture
def revision(db: None) -> QuestionnaireRevision:
    """The questionnaire of a draft with two sections."""
    return draft_survey().revisions.select_related("survey__created_by").get()


def titled(revision: QuestionnaireRevision, title: str, **more: object) -> Applied:
    """Section s1 with another title, by the person who made the survey."""
    options = {"by": revision.survey.created_by, "edit": stored(revision).edit, **more}
    step = partial(change_section, section_id="s1", title=title)
    return apply_step(revision, step, **options)  # type: ignore[arg-type]


def stored(revision: QuestionnaireRevision) -> QuestionnaireRevision:
    return QuestionnaireRevision.objects.get(pk=revision.pk)


def title(revision: QuestionnaireRevision) -> str:
    return str(stored(revision).document["sections"][0]["title"])


def test_a_step_changes_the_draft_and_can_be_taken_back_and_made_again(
    revision: QuestionnaireRevision,
) -> None:
    before = revision.document
    by = revision.survey.created_by

    applied = titled(revision, "組織")
    assert (title(revision), applied.done.about, applied.seen_all) == ("組織", "s1", True)

    assert undo(revision, by=by, edit=stored(revision).edit) == "節「組織」を変更しました。"
    assert stored(revision).document == before
    assert redo(revision, by=by, edit=stored(revision).edit) == "節「組織」を変更しました。"
    assert title(revision) == "組織"


def test_there_is_nothing_to_take_back_at_the_beginning(revision: QuestionnaireRevision) -> None:
    by = revision.survey.created_by

    with pytest.raises(Refused, match="これより前の状態には戻せません"):
        undo(revision, by=by, edit=0)
    with pytest.raises(Refused, match="やり直す操作はありません"):
        redo(revision, by=by, edit=0)


def test_a_new_step_forgets_what_was_taken_back_and_no_number_comes_again(
    revision: QuestionnaireRevision,
) -> None:
    by = revision.survey.created_by
    numbers = [titled(revision, name).revision.edit for name in ("一", "二")]
    undo(revision, by=by, edit=numbers[-1])

    newest = titled(revision, "三").revision.edit

    assert numbers == [1, 2]
    assert newest == 3
    assert list(revision.edits.order_by("number").values_list("number", flat=True)) == [0, 1, 3]


def test_the_same_part_changed_by_two_is_stale_and_tells_who_did_what(
    revision: QuestionnaireRevision,
) -> None:
    other = person_at(revision.survey.division)
    titled(revision, "組織", by=other)

    with pytest.raises(Stale) as refusal:
        titled(revision, "体制（新）", edit=0, subject=Subject("section", "s1"))

    assert str(refusal.value) == (
        f"この画面を開いた後に、{other.name}さんが調査票を変更しました"
        "（節「組織」を変更しました）。"
    )
    assert title(revision) == "組織"


def test_two_people_may_write_different_parts(revision: QuestionnaireRevision) -> None:
    titled(revision, "組織", by=person_at(revision.survey.division))
    move = partial(shift_question, question_id="form", by=1)

    applied = apply_step(
        revision,
        move,
        by=revision.survey.created_by,
        edit=0,
        subject=Subject("question", "form"),
    )

    assert not applied.seen_all
    assert title(revision) == "組織"


def test_a_mark_tells_whether_the_shown_part_is_still_there(
    revision: QuestionnaireRevision,
) -> None:
    shown = mark_of(find_question(revision.document, "staff")[1])
    remove = partial(remove_question, question_id="note")
    by = revision.survey.created_by
    titled(revision, "組織")

    with pytest.raises(Stale):
        apply_step(revision, remove, by=by, edit=0, subject=Subject("question", "note", "other"))
    apply_step(revision, remove, by=by, edit=0, subject=Subject("question", "staff", shown))

    assert stored(revision).edit == 2


def test_typing_that_saves_itself_is_one_step(revision: QuestionnaireRevision) -> None:
    titled(revision, "組")
    titled(revision, "組織", continues=True)
    titled(revision, "組織体制", continues=True)

    undo(revision, by=revision.survey.created_by, edit=stored(revision).edit)

    assert title(revision) == "体制"
    assert stored(revision).edit == 0


def test_nobody_goes_on_with_the_step_of_another(revision: QuestionnaireRevision) -> None:
    titled(revision, "組", by=person_at(revision.survey.division))

    titled(revision, "組織", continues=True)

    undo(revision, by=revision.survey.created_by, edit=stored(revision).edit)
    assert title(revision) == "組"


def test_only_the_newest_edits_are_kept(
    revision: QuestionnaireRevision, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questionnaires, "MOST_EDITS", 3)

    for number in range(5):
        titled(revision, f"第{number}案")

    assert list(revision.edits.order_by("number").values_list("number", flat=True)) == [3, 4, 5]


def test_a_sitting_is_one_event(revision: QuestionnaireRevision) -> None:
    titled(revision, "一")
    titled(revision, "二")
    titled(revision, "三", by=person_at(revision.survey.division))

    events = events_of(revision.survey).values_list("action", flat=True)
    assert list(events) == ["survey.created", *["survey.questionnaire_edited"] * 2]


def test_a_step_that_can_not_be_is_refused_with_the_question(
    revision: QuestionnaireRevision,
) -> None:
    by = revision.survey.created_by

    with pytest.raises(Refused) as refusal:
        apply_step(revision, partial(remove_question, question_id="staff"), by=by, edit=0)
    with pytest.raises(Refused, match="後にある設問「窓口の有無」を参照しています"):
        apply_step(revision, partial(shift_question, question_id="desk", by=1), by=by, edit=0)

    assert str(refusal.value) == (
        "設問「職員数」は、次から参照されているため削除できません：規則「職員数が2人未満です。」、"
        "規則「新規の件数が職員数より少なくなっています。」"
    )
    assert (stored(revision).edit, revision.edits.count()) == (0, 0)


@pytest.mark.django_db
def test_an_open_survey_keeps_its_questions() -> None:
    survey = draft_survey(OrganizationFactory.create())
    open_survey(survey, by=survey.created_by)

    with pytest.raises(Refused, match="この調査は「受付中」のため、調査票を変更できません"):
        titled(survey.revisions.get(), "組織")


@pytest.mark.django_db
def test_the_next_revision_of_an_open_survey_may_be_written() -> None:
    survey = draft_survey(OrganizationFactory.create())
    open_survey(survey, by=survey.created_by)
    document: Json = survey.revisions.get().document

    titled(survey.revisions.create(number=2, document=document), "組織")

    assert survey.revisions.get(number=2).document["sections"][0]["title"] == "組織"


def test_strangers_write_nothing(revision: QuestionnaireRevision) -> None:
    with pytest.raises(PermissionDenied):
        titled(revision, "組織", by=person_at(OrganizationFactory.create()))


def two_titles(revision: QuestionnaireRevision) -> list[object]:
    """Two drafters who both saw the same change the same section at once."""
    people: list[User] = [revision.survey.created_by, person_at(revision.survey.division)]

    def act(person: User, name: str) -> Callable[[], object]:
        subject = Subject("section", "s1")
        return lambda: titled(revision, name, by=person, edit=0, subject=subject)

    return at_once([act(people[0], "一"), act(people[1], "二")], before="INSERT INTO")


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_told() -> None:
    revision = draft_survey().revisions.select_related("survey__created_by").get()

    outcomes = two_titles(revision)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Applied", "Stale"]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_nobody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: both find the draft as they saw it."""
    revision = draft_survey().revisions.select_related("survey__created_by").get()
    without_locks(monkeypatch)

    outcomes = two_titles(revision)

    assert "Stale" not in {type(outcome).__name__ for outcome in outcomes}
