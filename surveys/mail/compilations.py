"""The mail that says that a compilation is done: a pointer to its page, never a file."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from onepublic.mail.rendering import Letter, register
from surveys.compilation.running import DONE_MAIL
from surveys.mail.pointers import pointer, to_each
from surveys.models import Compilation
from surveys.states import CompilationState


def _found(keys: Collection[int]) -> Mapping[int, Compilation]:
    return Compilation.objects.select_related("survey").in_bulk(keys)


def _letter(compilation: Compilation) -> Letter | None:
    if compilation.state != CompilationState.DONE or compilation.file_id is None:
        return None
    return pointer(
        compilation.survey,
        title="集計表ができました",
        sentence="依頼された集計表ができました。",
        facts=(),
        path=reverse("surveys:compilation", args=[compilation.pk]),
    )


register(DONE_MAIL, to_each(_found, _letter))
