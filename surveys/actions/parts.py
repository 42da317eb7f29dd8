"""Sections handed to other divisions of the organization, given back, and marked as done."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from accounts.models import Division, Membership, User
from onepublic.audit.models import record
from onepublic.core.errors import Refused, Stale, demand
from onepublic.mail.outbox import enqueue
from surveys.actions.locking import lock_answerable
from surveys.models import Assignment, SectionWork
from surveys.parts import Part, parts_of, section_of, sections_of
from surveys.permissions import WRITERS, closed_sections, may_gather, may_write_part
from surveys.questionnaire import Level
from surveys.responses import load_response, questionnaire_of

PART_MAIL = "survey_part"
CHANGED = "この節の担当が変わっています。画面を開き直してください。"
NOBODY = Part(None, is_done=False)


@transaction.atomic
def hand_section(
    assignment: Assignment,
    section_id: str,
    *,
    to: Division,
    note: str,
    by: User,
    held_by: int | None = None,
) -> SectionWork:
    """Let another division of the organization write a section; its writers get a mail.

    ``held_by`` is the division (primary key, None for the one that gathers) that the page showed.
    Raises PermissionDenied for people who don't gather the response, Stale when another one has it
    by now, Refused for a division of elsewhere or an unknown section.
    """
    current = lock_answerable(assignment, by=by)
    demand(may_gather(by, current))
    _expect(current, section_id, held_by)
    if to.organization_id != current.organization_id:
        raise Refused("貴機関の課室を選んでください。")
    work, _ = SectionWork.objects.update_or_create(
        assignment=current,
        section_id=section_id,
        defaults={
            "division": to,
            "note": note,
            "handed_at": Now(),
            "handed_by": by,
            "done_at": None,
            "done_by": None,
        },
    )
    event = record("section.handed", current, by=by, section=section_id, division=to.pk, note=note)
    _tell(event.pk, Q(division=to), by=by)
    return work


@transaction.atomic
def give_back(
    assignment: Assignment, section_id: str, *, note: str, by: User, held_by: int | None
) -> None:
    """Return a section to the division that gathers: by itself, or by the one that has it; the
    other side gets a mail. A mark that it is done stays.

    Raises PermissionDenied for others, Stale when another division has it by now.
    """
    current = lock_answerable(assignment, by=by)
    part = _expect(current, section_id, held_by)
    if part.division_id is None:
        raise Stale(CHANGED)
    gathers = may_gather(by, current)
    demand(gathers or may_write_part(by, part.division_id))
    works = current.section_works.filter(section_id=section_id)
    works.update(division=None, note=note, handed_at=Now(), handed_by=by)
    verb = "section.taken_back" if gathers else "section.returned"
    event = record(verb, current, by=by, section=section_id, division=part.division_id, note=note)
    to = Q(division=part.division_id) if gathers else _gatherers(current)
    _tell(event.pk, to, by=by)


@transaction.atomic
def mark_section(assignment: Assignment, section_id: str, *, done: bool, by: User) -> None:
    """Say that a section is done, or not yet after all; a second time changes nothing.

    Raises PermissionDenied for people who don't write the section, Refused while something in it
    is missing or wrong. What is a warning may stand: its reason is given before submitting.
    """
    current = lock_answerable(assignment, by=by)
    parts = parts_of(current)
    demand(section_id not in closed_sections(by, parts))
    _demand_known(current, section_id)
    if done == parts.get(section_id, NOBODY).is_done:
        return
    if done and (count := _stopping(current, section_id)):
        raise Refused(
            f"この節には未入力、未確認又は修正の必要な項目が{count}件あるため、完了にできません。"
        )
    SectionWork.objects.update_or_create(
        assignment=current,
        section_id=section_id,
        defaults={"done_at": Now() if done else None, "done_by": by if done else None},
    )
    record("section.done" if done else "section.reopened", current, by=by, section=section_id)


def _expect(assignment: Assignment, section_id: str, held_by: int | None) -> Part:
    _demand_known(assignment, section_id)
    part = parts_of(assignment).get(section_id, NOBODY)
    if part.division_id != held_by:
        raise Stale(CHANGED)
    return part


def _demand_known(assignment: Assignment, section_id: str) -> None:
    sections = questionnaire_of(assignment.revision).sections
    if section_id not in {section.id for section in sections}:
        raise Refused("この節は調査票にありません。画面を開き直してください。")


def _stopping(assignment: Assignment, section_id: str) -> int:
    response = load_response(assignment)
    unconfirmed = (section_of(response.questionnaire, key) for key in response.unconfirmed)
    return list(unconfirmed).count(section_id) + sum(
        found.level is not Level.WARNING
        and section_id in sections_of(response.questionnaire, found.field_keys)
        for found in response.evaluation.findings
    )


def _gatherers(assignment: Assignment) -> Q:
    if assignment.division_id is not None:
        return Q(division=assignment.division_id)
    return Q(division__is_window=True, division__organization=assignment.organization_id)


def _tell(event_id: int, place: Q, *, by: User) -> None:
    writers = Membership.objects.active().filter(place, roles__overlap=list(WRITERS))
    people: QuerySet[User] = User.objects.among(writers).exclude(pk=by.pk)
    enqueue(PART_MAIL, subject_id=event_id, people=people, is_first=True)
