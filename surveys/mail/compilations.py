"""The mail that says how a compilation has ended: a pointer to its page, never a file."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from onepublic.mail.rendering import Letter, register, to_each
from surveys.compilation.failing import FAILED_MAIL
from surveys.compilation.running import DONE_MAIL
from surveys.mail.pointers import pointer
from surveys.models import Compilation
from surveys.states import CompilationState


def _found(keys: Collection[int]) -> Mapping[int, Compilation]:
    return Compilation.objects.select_related("survey").in_bulk(keys)


def _done(compilation: Compilation) -> Letter | None:
    if compilation.state != CompilationState.DONE or compilation.file_id is None:
        return None
    return pointer(
        compilation.survey,
        title="集計表ができました",
        sentence="依頼された集計表ができました。",
        facts=(),
        path=reverse("surveys:compilation", args=[compilation.pk]),
    )


def _failed(compilation: Compilation) -> Letter | None:
    if compilation.state != CompilationState.FAILED:
        return None
    return pointer(
        compilation.survey,
        title="集計表を作成できませんでした",
        sentence="依頼された集計表を作成できませんでした。回答は失われていません。\n"
        "次のページで作成の内容を確かめ、もう一度作成してください。繰り返し失敗するときは、"
        "ページのアドレスをシステム管理者にお知らせください。",
        facts=(),
        path=reverse("surveys:compilation", args=[compilation.pk]),
    )


register(DONE_MAIL, to_each(_found, _done))
register(FAILED_MAIL, to_each(_found, _failed))
