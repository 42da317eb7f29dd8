"""The form of a new notice saves itself: the first time it becomes a draft."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audience import AudienceRule
from accounts.models import Division
from notices.actions.drafting import edit
from notices.models import Notice
from notices.views.autosave import NO_TITLE
from onepublic.audit.models import AuditEvent
from tests.factories.accounts import DivisionFactory, OrganizationFactory
from tests.factories.notices import approver_of, drafter_of, manuscript, published
from tests.notices.views.test_new import NEW, typed

pytestmark = pytest.mark.django_db
ADDRESS = reverse("notices:autosave_new")


@pytest.fixture
def division(client: Client) -> Division:
    division: Division = DivisionFactory.create()
    client.force_login(drafter_of(division))
    return division


def test_the_first_save_makes_the_draft_and_tells_where_it_goes_on(
    client: Client, division: Division
) -> None:
    first = client.post(ADDRESS, typed(division)).json()
    second = client.post(
        first["address"], typed(division, title="続きの件名", revision=first["revision"])
    )

    notice = Notice.objects.get()
    assert first["page"] == reverse("notices:edit", args=[notice.pk])
    assert (first["revision"], second.json()["revision"]) == (1, 2)
    assert notice.versions.get().title == "続きの件名"


def test_a_save_whose_answer_got_lost_is_repeated_with_what_was_typed_since(
    client: Client, division: Division
) -> None:
    client.post(ADDRESS, typed(division))
    again = client.post(ADDRESS, typed(division))
    later = client.post(ADDRESS, typed(division, title="続きの件名"))

    assert (again.json()["revision"], later.json()["revision"]) == (1, 2)
    assert Notice.objects.get().versions.get().title == "続きの件名"
    actions = list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["notice.drafted", "notice.edited"]


def test_the_button_after_a_lost_answer_keeps_what_was_typed_since(
    client: Client, division: Division
) -> None:
    client.post(ADDRESS, typed(division))

    client.post(NEW, typed(division, title="続きの件名"))

    assert Notice.objects.get().versions.get().title == "続きの件名"


def test_what_a_colleague_wrote_meanwhile_is_overwritten_only_on_purpose(
    client: Client, division: Division
) -> None:
    client.post(ADDRESS, typed(division))
    notice = Notice.objects.get()
    edit(notice, by=drafter_of(division), manuscript=manuscript(title="同僚の件名"))

    by_itself = client.post(ADDRESS, typed(division, title="続きの件名"))
    pressed = client.post(NEW, typed(division, title="続きの件名"))

    assert (by_itself.status_code, pressed.status_code) == (409, 409)
    assert notice.versions.get().title == "同僚の件名"
    form = pressed.context["form"]
    assert (form["title"].value(), form["revision"].value()) == ("続きの件名", "2")
    address = reverse("notices:edit", args=[notice.pk])
    assert f'action="{address}"' in pressed.content.decode()


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"title": "　"}, NO_TITLE), ({"issued_on": "きのう"}, "日付は")],
)
def test_what_cannot_be_kept_is_said_and_makes_no_draft(
    client: Client, division: Division, changes: dict[str, str], message: str
) -> None:
    answer = client.post(ADDRESS, typed(division, **changes))

    assert answer.status_code == 422
    assert message in answer.json()["message"]
    assert not Notice.objects.exists()


def test_a_copy_takes_the_addressees_along(client: Client, division: Division) -> None:
    source = published(to=[OrganizationFactory.create()])
    rule = AudienceRule(kinds=["village"])
    Notice.objects.filter(pk=source.pk).update(stored_audience=rule.to_json())

    client.post(f"{ADDRESS}?copy={source.pk}", typed(division))

    assert Notice.objects.exclude(pk=source.pk).get().audience == rule


def test_signed_out_and_others_are_told_apart_and_a_drafter_gets_a_token(
    client: Client, division: Division
) -> None:
    token = client.get(ADDRESS).json()["token"]
    client.logout()
    signed_out = client.post(ADDRESS, typed(division))
    client.force_login(approver_of(division))
    other = client.post(ADDRESS, typed(division))

    assert (len(token), signed_out.status_code, other.status_code) == (64, 401, 403)
