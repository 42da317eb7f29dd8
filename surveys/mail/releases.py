"""The mail that says that the results of a survey were released: a pointer, never a figure."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from onepublic.mail.rendering import Letter, register, to_each
from surveys.mail.pointers import pointer
from surveys.models import Release

RELEASE_MAIL = "results_released"


def _found(keys: Collection[int]) -> Mapping[int, Release]:
    return Release.objects.in_force().select_related("survey").defer("figures").in_bulk(keys)


def _letter(release: Release) -> Letter:
    return pointer(
        release.survey,
        title="調査結果の公表",
        sentence="次の調査の結果が公表されました。貴機関の値を、全国、同じ種別の団体及び同じ都道府県の"
        "値と比べられます。",
        facts=(),
        path=reverse("surveys:results", args=[release.survey_id]),
    )


register(RELEASE_MAIL, to_each(_found, _letter))
