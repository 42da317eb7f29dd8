import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.models import Organization
from accounts.states import Role
from notices.actions.manuscript import ContactLine
from notices.actions.relating import relate
from notices.actions.review import return_to_drafter
from notices.models import Delivery, Notice, Reading
from notices.states import Category, RelationKind
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import a_draft, approver_of, drafter_of, in_review, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Organization:
    return OrganizationFactory.create()


def page_of(notice: Notice) -> str:
    return reverse("notices:detail", args=[notice.pk])


def test_opening_the_page_opens_the_delivery(client: Client, village: Organization) -> None:
    officer, notice = person_at(village), published(to=[village])
    client.force_login(officer)

    response = client.get(page_of(notice))

    assert response.status_code == 200
    assert Delivery.objects.get().opened_by == officer
    assert Reading.objects.get().user == officer


def test_asking_for_the_head_opens_nothing(client: Client, village: Organization) -> None:
    notice = published(to=[village])
    client.force_login(person_at(village))

    assert client.head(page_of(notice)).status_code == 200
    assert Delivery.objects.get().opened_at is None


def test_it_prints_the_letter_with_its_issuers(client: Client, village: Organization) -> None:
    first = DivisionFactory.create(bureau_name="医政局", name="総務課")
    second = DivisionFactory.create(bureau_name="健康局", name="参事官", kind="counsellor")
    notice = published(to=[village], division=first, joint_issuers=[second])
    client.force_login(person_at(village))

    context = client.get(page_of(notice)).context

    assert context["signatures"] == ["厚生労働省医政局総務課長", "厚生労働省健康局参事官"]


def test_an_admin_message_comes_from_the_division_itself(
    client: Client, village: Organization
) -> None:
    division = DivisionFactory.create(bureau_name="医政局", name="総務課")
    notice = published(to=[village], division=division, category=Category.ADMIN_MESSAGE)
    client.force_login(person_at(village))

    assert client.get(page_of(notice)).context["signatures"] == ["厚生労働省医政局総務課"]


def test_what_was_typed_is_never_markup(client: Client, village: Organization) -> None:
    typed = '<script>alert("1")</script>'
    notice = published(
        to=[village],
        title=typed,
        body=typed,
        contacts=[ContactLine(division=typed)],
        addressee_line=typed,
    )
    client.force_login(person_at(village))

    text = client.get(page_of(notice)).text

    assert typed not in text
    assert escape(typed) in text


@pytest.mark.parametrize(
    ("role", "offered"), [(Role.DRAFTER, True), (Role.ORG_ADMIN, True), (Role.VIEWER, False)]
)
def test_confirming_is_offered_to_those_who_may(
    client: Client, village: Organization, role: Role, offered: bool
) -> None:
    notice = published(to=[village])
    client.force_login(person_at(village, role))

    response = client.get(page_of(notice))

    assert response.context["can_acknowledge"] is offered
    assert (reverse("notices:acknowledgement", args=[notice.pk]) in response.text) is offered


def test_the_status_is_shown_to_the_ministry_and_kept_from_a_municipality(
    client: Client, village: Organization
) -> None:
    notice = published(to=[village, OrganizationFactory.create()])
    client.force_login(person_at(notice.division, Role.VIEWER))
    totals = client.get(page_of(notice)).context["totals"]
    client.force_login(person_at(village))

    assert (totals["delivered"], totals["owing"]) == (2, 2)
    assert client.get(page_of(notice)).context["totals"] is None


def test_relations_lead_only_to_what_the_person_may_see(
    client: Client, village: Organization
) -> None:
    other = OrganizationFactory.create()
    seen, hidden = published(to=[village, other]), published(to=[other])
    notice = in_review(to=[village])
    return_to_drafter(notice, by=approver_of(notice.division), reason="関連を加えてください。")
    for earlier in (seen, hidden):
        relate(notice, to=earlier, kind=RelationKind.AMENDS, by=notice.created_by)
    client.force_login(notice.created_by)
    client.post(reverse("notices:review", args=[notice.pk]), {"revision": 4})
    client.force_login(approver_of(notice.division))
    client.post(reverse("notices:publication", args=[notice.pk]), {"revision": 4})
    client.force_login(person_at(village))

    context = client.get(page_of(notice)).context

    assert [relation.target for relation in context["relations"]] == [seen]
    back = client.get(page_of(seen)).context["back_relations"]
    assert [relation.source for relation in back] == [notice]


def test_a_draft_tells_its_drafter_what_is_missing(client: Client) -> None:
    notice = a_draft(number="", body="")
    client.force_login(notice.created_by)

    context = client.get(page_of(notice)).context

    assert context["missing"] == ["文書番号", "本文", "宛先の団体"]
    assert (context["can_edit"], context["can_publish"], context["can_return"]) == (
        True,
        False,
        False,
    )


def test_a_draft_in_review_offers_publishing_to_the_approver(
    client: Client, village: Organization
) -> None:
    notice = in_review(to=[village])
    client.force_login(approver_of(notice.division))

    context = client.get(page_of(notice)).context

    assert (context["can_edit"], context["can_publish"], context["can_return"]) == (
        False,
        True,
        True,
    )
    assert context["organizations"] == 1


def test_looking_at_a_draft_marks_nothing(client: Client) -> None:
    notice = a_draft()
    client.force_login(notice.created_by)

    client.get(page_of(notice))

    assert Reading.objects.count() == 0


def test_what_one_may_not_see_is_not_found(client: Client, village: Organization) -> None:
    draft, sent = a_draft(), published(to=[OrganizationFactory.create()])
    client.force_login(person_at(village))

    for notice in (draft, sent):
        assert client.get(page_of(notice)).status_code == 404
    assert client.get(f"/notices/{2**70}/").status_code == 404
    client.force_login(drafter_of(DivisionFactory.create()))
    assert client.get(page_of(draft)).status_code == 404
