"""Files that answer a question."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction

from accounts.models import User
from onepublic.core.errors import Refused
from onepublic.files.models import StoredFile
from onepublic.files.uploads import check_upload, store
from surveys.actions.answers import HANDED_AWAY
from surveys.actions.locking import lock_answerable
from surveys.actions.writing import write_values
from surveys.models import Answer, Assignment
from surveys.parts import section_of
from surveys.permissions import closed_sections
from surveys.questionnaire.kinds import FilesAnswer
from surveys.responses import questionnaire_of
from surveys.wholes import read_whole


@transaction.atomic
def attach_file(
    assignment: Assignment, *, by: User, field_key: str, uploaded: "File[Any]"
) -> StoredFile:
    """Check ``uploaded`` against the question, store it and add it to the answer.

    Raises ValidationError with a Japanese sentence (type, size, number), Refused when the
    response takes no answers or the question takes no files.
    """
    current = lock_answerable(assignment, by=by)
    limits = _limits(current, field_key)
    kind = check_upload(uploaded, endings=limits.accept)
    if (uploaded.size or 0) > limits.max_mb * 1024**2:
        raise ValidationError(f"ファイルは1件{limits.max_mb}MB以下にしてください。")
    answer = _answer(current, field_key)
    ids = _ids(answer)
    if len(ids) >= limits.max_files:
        raise ValidationError(f"添付できるファイルは{limits.max_files}件までです。")
    stored = store(uploaded, kind=kind, by=by)
    _write(current, field_key, [*ids, str(stored.pk)], by=by)
    current.answers.get(field=field_key).files.add(stored)
    return stored


@transaction.atomic
def detach_file(assignment: Assignment, *, by: User, field_key: str, file_id: UUID) -> None:
    """Take one file out of the answer; one that is no longer there is left alone."""
    current = lock_answerable(assignment, by=by)
    _limits(current, field_key)
    answer = _answer(current, field_key)
    if answer is None or str(file_id) not in _ids(answer):
        return
    remaining = [each for each in _ids(answer) if each != str(file_id)]
    _write(current, field_key, remaining or None, by=by)
    answer.files.remove(*answer.files.filter(pk=file_id))


def _limits(assignment: Assignment, field_key: str) -> FilesAnswer:
    field = questionnaire_of(assignment.revision).fields_by_key.get(field_key)
    if field is None or not isinstance(field.answer, FilesAnswer):
        raise Refused("この設問にはファイルを添付できません。画面を開き直してください。")
    return field.answer


def _answer(assignment: Assignment, field_key: str) -> Answer | None:
    return assignment.answers.filter(field=field_key).first()


def _ids(answer: Answer | None) -> list[str]:
    return list(answer.value) if answer and isinstance(answer.value, list) else []


def _write(assignment: Assignment, field_key: str, ids: list[str] | None, *, by: User) -> None:
    whole = read_whole(assignment.pk)
    section = section_of(questionnaire_of(assignment.revision), field_key)
    if section in closed_sections(by, whole.parts):
        raise Refused(HANDED_AWAY)
    write_values(whole, {field_key: ids}, by=by)
