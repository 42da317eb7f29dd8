"""The lock under which a response changes."""

from accounts.models import User
from onepublic.core.errors import Refused, demand
from surveys.models import Assignment
from surveys.permissions import may_answer


def lock_answerable(assignment: Assignment, *, by: User) -> Assignment:
    """The assignment, locked until the transaction ends and read anew after the lock.

    Raises PermissionDenied for people who don't answer for its organization, Refused when it was
    submitted or the survey takes no answers. Lock and reading are two statements: one that waits
    for the lock would still see the survey as it was before.
    """
    Assignment.objects.select_for_update().values_list("pk").get(pk=assignment.pk)
    current = Assignment.objects.with_survey().get(pk=assignment.pk)
    demand(may_answer(by, current))
    if current.is_handed_in:
        raise Refused("この調査は提出済みのため、回答を変更できません。")
    if not current.is_answerable:
        raise Refused("この調査は受付を終了しているため、回答を変更できません。")
    return current
