import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.audience import AudienceRule
from notices.actions.drafting import set_audience
from notices.actions.relating import relate
from notices.actions.templates import save_as_template
from notices.models import Notice, NoticeTemplate, ReservedNumber
from notices.states import RelationKind
from onepublic.audit.models import AuditEvent
from tests.factories.accounts import DivisionFactory, OrganizationFactory
from tests.factories.notices import a_draft, drafter_of, in_review, published, topic

pytestmark = pytest.mark.django_db
NEW = reverse("notices:new")
LIST = reverse("notices:templates")


def saved(name: str = "月例") -> NoticeTemplate:
    notice = a_draft(title="月例の依頼", topics=[topic("予防接種")])
    rule = AudienceRule(kinds=["prefecture"])
    set_audience(notice, by=notice.created_by, rule=rule)
    return save_as_template(notice, by=notice.created_by, name=name)


def begin(client: Client, address: str) -> Notice:
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in sent.items() if value not in (None, "", False)}
    client.post(address, {**sent, "division": form.fields["division"].queryset.get().pk})
    return Notice.objects.latest("pk")


def test_a_draft_becomes_a_template_and_a_template_a_draft(client: Client) -> None:
    notice = a_draft(title="月例の依頼")
    set_audience(notice, by=notice.created_by, rule=AudienceRule(kinds=["prefecture"]))
    client.force_login(notice.created_by)
    client.post(reverse("notices:template", args=[notice.pk]), {"name": "月例"})

    new = begin(client, f"{NEW}?template={NoticeTemplate.objects.get().pk}")

    version = new.versions.get()
    assert new != notice
    assert (version.title, version.number) == ("月例の依頼", "")
    assert new.audience == AudienceRule(kinds=["prefecture"])


def test_an_earlier_notice_is_copied_without_number_and_dates(client: Client) -> None:
    old = published(
        to=[OrganizationFactory.create()], title="昨年の通知", topics=[topic("予防接種")]
    )
    client.force_login(drafter_of(DivisionFactory.create()))

    new = begin(client, f"{NEW}?copy={old.pk}")

    version = new.versions.get()
    assert (version.title, version.number, version.due_on) == ("昨年の通知", "", None)
    assert (new.audience, list(new.topics.all())) == (old.audience, list(old.topics.all()))


@pytest.mark.parametrize("query", ["template=1", "template=x", "copy=x", "copy=９"])
def test_what_one_may_not_use_is_not_found(client: Client, query: str) -> None:
    client.force_login(drafter_of(DivisionFactory.create()))

    assert client.get(f"{NEW}?{query}").status_code == 404


def test_templates_belong_to_their_division(client: Client) -> None:
    template = saved()
    stranger = drafter_of(DivisionFactory.create())
    client.force_login(stranger)

    assert client.get(f"{NEW}?template={template.pk}").status_code == 404
    removal = reverse("notices:template_removal", args=[template.pk])
    assert client.post(removal).status_code == 404
    client.force_login(template.created_by)
    client.post(removal)
    assert not NoticeTemplate.objects.exists()


def test_a_name_is_given_once(client: Client) -> None:
    template = saved("月例")
    notice = a_draft(division=template.division, by=template.created_by)
    client.force_login(template.created_by)

    response = client.post(reverse("notices:template", args=[notice.pk]), {"name": "月例"})

    assert set(response.context["form"].errors) == {"name"}


def test_a_discarded_draft_is_gone_and_its_number_is_not(client: Client) -> None:
    notice = a_draft(number="総第1号")
    client.force_login(notice.created_by)
    address = reverse("notices:discard", args=[notice.pk])
    assert "総第1号" in client.get(address).text

    client.post(address, {"revision": "9"})
    assert Notice.objects.exists()
    client.post(address, {"revision": "1"})

    assert not Notice.objects.exists()
    assert ReservedNumber.objects.get().number == "総第1号"
    assert AuditEvent.objects.get(action="notice.discarded").detail["number"] == "総第1号"


def test_a_discarded_draft_takes_along_what_it_stated_of_others(client: Client) -> None:
    earlier, notice = published(to=[OrganizationFactory.create()]), a_draft()
    relate(notice, to=earlier, kind=RelationKind.AMENDS, by=notice.created_by)
    client.force_login(notice.created_by)

    client.post(reverse("notices:discard", args=[notice.pk]), {"revision": "2"})

    assert list(Notice.objects.all()) == [earlier]


def test_what_waits_for_approval_is_not_discarded(client: Client) -> None:
    notice = in_review(to=[OrganizationFactory.create()])
    client.force_login(notice.created_by)

    client.post(reverse("notices:discard", args=[notice.pk]), {"revision": notice.revision})

    assert Notice.objects.filter(pk=notice.pk).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    notice = a_draft()
    for number in range(count):
        save_as_template(notice, by=notice.created_by, name=f"ひな形{number}")
    client.force_login(notice.created_by)

    # session, user, memberships, templates, navigation (twice)
    with django_assert_num_queries(6):
        client.get(LIST)
