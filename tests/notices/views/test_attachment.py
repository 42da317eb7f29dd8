from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Organization
from accounts.states import Role
from notices.actions.attaching import attach
from notices.actions.publication import publish
from notices.actions.review import return_to_drafter, submit_for_review
from notices.models import Notice
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import approver_of, drafter_of, in_review, published

pytestmark = pytest.mark.django_db
NAME = "別紙１　実施要領（案）.txt"


@pytest.fixture
def village() -> Organization:
    return OrganizationFactory.create()


@pytest.fixture
def draft(village: Organization) -> Notice:
    notice = in_review(to=[village])
    return_to_drafter(notice, by=approver_of(notice.division), reason="添付を加えてください。")
    attach(notice, by=notice.created_by, files=[SimpleUploadedFile(NAME, b"abc")], kind="annex")
    return notice


@pytest.fixture
def sent(draft: Notice) -> Notice:
    submit_for_review(draft, by=draft.created_by)
    return publish(draft, by=approver_of(draft.division))


def address(notice: Notice) -> str:
    return f"/notices/{notice.pk}/attachments/{notice.versions.get().attachments.get().pk}/"


def test_an_addressee_downloads_it_under_its_japanese_name(
    client: Client, sent: Notice, village: Organization
) -> None:
    client.force_login(person_at(village, Role.VIEWER))

    response = client.get(address(sent))

    assert b"".join(response.streaming_content) == b"abc"  # type: ignore[attr-defined] # streams
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(NAME)}"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_drafts_file_is_its_divisions(
    client: Client, draft: Notice, village: Organization
) -> None:
    for stranger in (person_at(village), drafter_of(DivisionFactory.create())):
        client.force_login(stranger)
        assert client.get(address(draft)).status_code == 404
    client.force_login(drafter_of(draft.division))
    response = client.get(address(draft))
    assert b"".join(response.streaming_content) == b"abc"  # type: ignore[attr-defined] # streams


def test_it_is_not_served_through_another_notice(
    client: Client, sent: Notice, village: Organization
) -> None:
    mine = published(to=[OrganizationFactory.create()])
    delivery = mine.deliveries.get()
    client.force_login(person_at(delivery.organization))
    attachment = sent.versions.get().attachments.get()

    assert client.get(address(sent)).status_code == 404
    assert client.get(f"/notices/{mine.pk}/attachments/{attachment.pk}/").status_code == 404
