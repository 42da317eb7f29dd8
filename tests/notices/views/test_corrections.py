"""The pages of a correction, from beginning it to what its readers see."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organization
from notices.actions.attaching import attach
from notices.actions.correcting import begin_correction
from notices.models import Notice
from notices.states import VersionState
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import (
    a_draft,
    approver_of,
    corrected,
    correction_in_review,
    published,
    version_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Organization:
    return OrganizationFactory.create()


@pytest.fixture
def notice(village: Organization) -> Notice:
    return published(to=[village])


def page(name: str, notice: Notice, *rest: int) -> str:
    return reverse(f"notices:{name}", args=[notice.pk, *rest])


def test_a_drafter_begins_one_and_goes_on_with_its_page(client: Client, notice: Notice) -> None:
    client.force_login(notice.created_by)

    response = client.post(
        page("correction", notice), {"reason": "日付の誤り", "acknowledge_again": "on"}
    )

    assert (response.status_code, response["Location"]) == (302, page("draft", notice))
    version = version_of(notice)
    assert (version.correction_reason, version.acknowledge_again) == ("日付の誤り", True)


def test_without_a_reason_the_form_says_so(client: Client, notice: Notice) -> None:
    client.force_login(notice.created_by)

    response = client.post(page("correction", notice), {"reason": ""})

    assert list(response.context["form"].errors) == ["reason"]
    assert notice.versions.count() == 1


def test_a_second_correction_leads_to_the_one_in_hand(client: Client, notice: Notice) -> None:
    begin_correction(notice, by=notice.created_by, reason="誤り", acknowledge_again=False)
    client.force_login(notice.created_by)

    for method in (client.get, client.post):
        response = method(page("correction", notice))
        assert response["Location"] == page("draft", notice)


def test_it_is_edited_reviewed_and_published_on_its_own_page(
    client: Client, notice: Notice
) -> None:
    begin_correction(notice, by=notice.created_by, reason="誤り", acknowledge_again=False)
    client.force_login(notice.created_by)
    form = client.get(page("edit", notice)).context["form"]
    assert "topics" not in form.fields
    changed = {k: v for k, v in form.initial.items() if v is not None} | {"title": "直した件名"}
    edited = client.post(page("edit", notice), {**changed, "category": "notice"})
    notice.refresh_from_db()
    revision = {"revision": notice.revision}
    submitted = client.post(page("review", notice), revision)
    client.force_login(approver_of(notice.division))
    confirmation = client.get(page("publication", notice))
    sent = client.post(page("publication", notice), revision)

    assert [edited["Location"], submitted["Location"]] == [page("draft", notice)] * 2
    assert (confirmation.status_code, confirmation.context["organizations"]) == (200, 1)
    assert sent["Location"] == page("detail", notice)
    assert version_of(notice).state == VersionState.PUBLISHED
    assert client.get(page("detail", notice)).context["version"].title == "直した件名"


def test_its_audience_page_is_refused_with_the_reason(client: Client, notice: Notice) -> None:
    begin_correction(notice, by=notice.created_by, reason="誤り", acknowledge_again=False)
    client.force_login(notice.created_by)

    response = client.get(page("audience", notice))

    assert response.status_code == 409
    assert "宛先は、はじめに発出したときの団体から変更できません" in response.text


def test_until_it_is_published_readers_see_the_version_in_force(
    client: Client, notice: Notice, village: Organization
) -> None:
    correction_in_review(notice, title="直した件名")
    client.force_login(person_at(village))

    response = client.get(page("detail", notice))

    assert response.context["version"].title == "予防接種の実施について"
    assert "訂正版" not in response.text
    assert client.get(page("draft", notice)).status_code == 404
    assert client.get(page("changes", notice) + "?to=2").status_code == 404


def test_the_division_is_led_from_the_page_to_the_correction(
    client: Client, notice: Notice
) -> None:
    correction_in_review(notice)
    client.force_login(notice.created_by)

    assert page("draft", notice) in client.get(page("detail", notice)).text
    comparison = client.get(page("changes", notice) + "?to=2").context["comparison"]
    assert (comparison.old.sequence, comparison.new.sequence) == (1, 2)


def test_who_had_read_the_old_version_sees_what_changed_at_the_first_look(
    client: Client, notice: Notice, village: Organization
) -> None:
    reader, newcomer = person_at(village), person_at(village)
    client.force_login(reader)
    client.get(page("detail", notice))
    corrected(notice, title="予防接種の延期について", reason="件名の誤り")

    first, second = client.get(page("detail", notice)), client.get(page("detail", notice))
    client.force_login(newcomer)
    fresh = client.get(page("detail", notice))

    assert [change.label for change in first.context["comparison"].fields] == ["件名"]
    assert "［削除：</span>実施<" in first.text
    assert "comparison" not in second.context
    assert "comparison" not in fresh.context
    assert "件名の誤り" in second.text
    assert page("changes", notice) in second.text


def test_old_versions_stay_readable_and_marked(
    client: Client, notice: Notice, village: Organization
) -> None:
    corrected(notice, title="予防接種の延期について", reason="件名の誤り")
    client.force_login(person_at(village))

    rows = client.get(page("versions", notice)).context["versions"]
    old, current = (client.get(page("version", notice, number)) for number in (1, 2))

    assert [row.sequence for row in rows] == [2, 1]
    assert "予防接種の実施について" in old.text
    assert "訂正される前の版です" in old.text
    assert "現在の版です" in current.text
    assert client.get(page("version", notice, 3)).status_code == 404


def test_files_of_old_versions_are_handed_out(client: Client, village: Organization) -> None:
    notice = a_draft()
    upload = SimpleUploadedFile("別紙.txt", b"old")
    (attachment,) = attach(notice, by=notice.created_by, files=[upload], kind="annex")
    Notice.objects.filter(pk=notice.pk).update(stored_audience={"codes": [village.code]})
    client.force_login(notice.created_by)
    client.post(page("review", notice), {"revision": 2})
    client.force_login(approver_of(notice.division))
    client.post(page("publication", notice), {"revision": 2})
    notice.refresh_from_db()
    corrected(notice)
    client.force_login(person_at(village))

    response = client.get(page("attachment", notice, attachment.pk))

    assert b"".join(response.streaming_content) == b"old"  # type: ignore[attr-defined] # streams


@pytest.mark.parametrize("query", ["?to=9", "?from=2&to=1", "?from=1&to=1", "?to=x", "?from=²"])
def test_versions_that_do_not_exist_are_not_compared(
    client: Client, notice: Notice, village: Organization, query: str
) -> None:
    corrected(notice)
    client.force_login(person_at(village))

    assert client.get(page("changes", notice) + query).status_code == 404


def test_a_correction_is_discarded_on_its_page(client: Client, notice: Notice) -> None:
    begin_correction(notice, by=notice.created_by, reason="誤り", acknowledge_again=False)
    notice.refresh_from_db()
    client.force_login(notice.created_by)

    response = client.post(page("correction_removal", notice), {"revision": notice.revision})

    assert response["Location"] == page("detail", notice)
    assert notice.versions.count() == 1


def test_the_list_of_drafts_leads_to_the_corrections_page(client: Client, notice: Notice) -> None:
    correction_in_review(notice)
    client.force_login(notice.created_by)

    assert page("draft", notice) in client.get(reverse("notices:drafts")).text


@pytest.mark.parametrize("corrections", [1, 3])
def test_the_list_of_versions_takes_the_same_queries_however_many(
    client: Client,
    notice: Notice,
    village: Organization,
    corrections: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(corrections):
        corrected(notice)
    client.force_login(person_at(village))

    with django_assert_num_queries(7):
        client.get(page("versions", notice))
