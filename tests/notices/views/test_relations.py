"""Relating a draft, the list of what is in force, and the time line of a notice."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organization
from notices.actions.publication import publish
from notices.actions.relating import relate
from notices.actions.review import return_to_drafter, submit_for_review
from notices.models import Notice, NoticeRelation
from notices.states import RelationKind
from onepublic.core.wareki import wareki
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import a_draft, approver_of, corrected, in_review, published, topic

pytestmark = pytest.mark.django_db
IN_FORCE = reverse("notices:in_force")


@pytest.fixture
def village() -> Organization:
    return OrganizationFactory.create()


def page(notice: Notice) -> str:
    return reverse("notices:relations", args=[notice.pk])


def doing(kind: str, *, of: Notice, to: Organization, title: str) -> Notice:
    """A published notice that does something to an earlier one."""
    notice = in_review(to=[to], title=title)
    return_to_drafter(notice, by=approver_of(notice.division), reason="関連")
    relate(notice, to=of, kind=kind, by=notice.created_by)
    submit_for_review(notice, by=notice.created_by)
    return publish(notice, by=approver_of(notice.division))


def test_a_drafter_finds_a_notice_by_its_title_and_relates_it(
    client: Client, village: Organization
) -> None:
    earlier, _ = published(to=[village], title="麻しんの届出"), published(to=[village])
    notice = a_draft()
    client.force_login(notice.created_by)

    found = client.get(page(notice), {"q": "麻しん"}).context["found"]
    response = client.post(
        page(notice), {"target": earlier.pk, "kind": "repeals", "revision": notice.revision}
    )

    assert found == [earlier]
    assert response["Location"] == page(notice)
    relation = NoticeRelation.objects.get()
    assert (relation.source, relation.target, relation.kind) == (notice, earlier, "repeals")
    assert list(client.get(page(notice)).context["relations"]) == [relation]


def test_a_refusal_is_shown_with_its_reason(client: Client, village: Organization) -> None:
    earlier, notice = published(to=[village]), a_draft()
    relate(notice, to=earlier, kind=RelationKind.AMENDS, by=notice.created_by)
    notice.refresh_from_db()
    client.force_login(notice.created_by)

    response = client.post(
        page(notice),
        {"target": earlier.pk, "kind": "repeals", "revision": notice.revision},
        follow=True,
    )

    assert "すでに「改正」として関連付けています" in response.text


def test_an_unknown_kind_relates_nothing(client: Client, village: Organization) -> None:
    earlier, notice = published(to=[village]), a_draft()
    client.force_login(notice.created_by)

    response = client.post(page(notice), {"target": earlier.pk, "kind": "?", "revision": 1})

    assert response.status_code == 200
    assert NoticeRelation.objects.count() == 0


def test_a_relation_is_taken_out_again(client: Client, village: Organization) -> None:
    notice = a_draft()
    by = notice.created_by
    relation = relate(notice, to=published(to=[village]), kind=RelationKind.AMENDS, by=by)
    notice.refresh_from_db()
    client.force_login(by)

    client.post(
        reverse("notices:relation_removal", args=[notice.pk, relation.pk]),
        {"revision": notice.revision},
    )

    assert NoticeRelation.objects.count() == 0


@pytest.mark.parametrize("notices", [1, 3])
def test_the_search_takes_the_same_queries_however_many(
    client: Client,
    village: Organization,
    notices: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(notices):
        published(to=[village])
    notice = a_draft()
    client.force_login(notice.created_by)

    with django_assert_num_queries(10):
        client.get(page(notice), {"q": "予防"})


def test_what_is_in_force_is_listed_by_topic_and_day(client: Client, village: Organization) -> None:
    earlier = published(to=[village], topics=[topic("感染症")])
    other = published(to=[village])
    repeal = doing("repeals", of=earlier, to=village, title="廃止について")
    client.force_login(person_at(village))

    def listed(**asked: str) -> list[Notice]:
        return list(client.get(IN_FORCE, asked).context["page"].rows)

    assert listed() == [repeal, other]
    assert listed(topic=str(topic("感染症").pk)) == []
    assert listed(on="2026-11-22") == []
    assert listed(on=wareki(timezone.localdate())) == [repeal, other]


def test_a_day_that_is_none_is_said_so(client: Client, village: Organization) -> None:
    published(to=[village])
    client.force_login(person_at(village))

    response = client.get(IN_FORCE, {"on": "きのう"})

    assert list(response.context["form"].errors) == ["on"]
    assert list(response.context["page"].rows) == []


def test_it_lists_only_what_the_person_may_see(client: Client, village: Organization) -> None:
    published(to=[OrganizationFactory.create()])
    client.force_login(person_at(village))

    assert list(client.get(IN_FORCE).context["page"].rows) == []


@pytest.mark.parametrize("notices", [1, 3])
def test_the_list_takes_the_same_queries_however_many(
    client: Client,
    village: Organization,
    notices: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(notices):
        published(to=[village])
    client.force_login(person_at(village))

    with django_assert_num_queries(7):
        client.get(IN_FORCE)


def test_the_page_tells_what_happened_to_the_notice(client: Client, village: Organization) -> None:
    notice = published(to=[village])
    corrected(notice, reason="日付の誤り")
    amending = doing("amends", of=notice, to=village, title="改正について")
    repealing = doing("repeals", of=notice, to=village, title="廃止について")
    client.force_login(person_at(village))

    context = client.get(reverse("notices:detail", args=[notice.pk])).context

    assert [(one.what, one.detail, one.by) for one in context["timeline"]] == [
        ("発出", "", None),
        ("訂正（第2版）", "日付の誤り", None),
        ("別の通知による改正", "", amending),
        ("別の通知による廃止", "", repealing),
    ]
    assert context["standing"] == "廃止"


def test_of_what_one_may_not_see_only_that_it_ended_the_notice_is_told(
    client: Client, village: Organization
) -> None:
    notice, elsewhere = published(to=[village]), OrganizationFactory.create()
    doing("amends", of=notice, to=elsewhere, title="改正について")
    doing("replaces", of=notice, to=elsewhere, title="差替えについて")
    client.force_login(person_at(village))

    response = client.get(reverse("notices:detail", args=[notice.pk]))

    assert [(one.what, one.by) for one in response.context["timeline"]] == [
        ("発出", None),
        ("別の通知による差替え", None),
    ]
    assert response.context["standing"] == "差替え"
    assert "差替えについて" not in response.text


def test_what_takes_effect_later_is_marked(client: Client, village: Organization) -> None:
    notice = in_review(to=[village])
    notice.versions.update(effective_on="2999-04-01")
    publish(notice, by=approver_of(notice.division))
    client.force_login(person_at(village))

    context = client.get(reverse("notices:detail", args=[notice.pk])).context

    assert context["standing"] == "施行前"
