"""What was published can't be changed, by any way into the database."""

import pytest
from django.db import DatabaseError, transaction

from notices.models import Attachment, Issuer, NoticeVersion
from onepublic.files.models import StoredFile
from tests.factories.accounts import DivisionFactory, OrganizationFactory
from tests.factories.notices import a_draft, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> NoticeVersion:
    return published(to=[OrganizationFactory.create()]).versions.get()


def stored_file() -> StoredFile:
    return StoredFile.objects.create(key="k", name="別紙.pdf", content_type="x", size=1, sha256="0")


def test_the_text_of_a_published_version_cannot_change(version: NoticeVersion) -> None:
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        NoticeVersion.objects.filter(pk=version.pk).update(title="別の件名")

    version.refresh_from_db()
    assert version.title == "予防接種の実施について"


def test_a_published_version_cannot_be_deleted(version: NoticeVersion) -> None:
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        NoticeVersion.objects.filter(pk=version.pk)._raw_delete("default")


def test_its_issuers_cannot_change(version: NoticeVersion) -> None:
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        version.issuers.update(division=DivisionFactory.create())
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        version.issuers.all().delete()

    assert version.issuers.get().division == version.notice.division


def test_it_takes_no_more_attachments_and_loses_none(version: NoticeVersion) -> None:
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        Attachment.objects.create(version=version, file=stored_file(), position=1)

    assert version.attachments.count() == 0


def test_a_part_cannot_move_into_a_published_version(version: NoticeVersion) -> None:
    draft = a_draft().versions.get()
    attachment = Attachment.objects.create(version=draft, file=stored_file(), position=1)

    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        Attachment.objects.filter(pk=attachment.pk).update(version=version)


def test_a_draft_may_change() -> None:
    draft = a_draft().versions.get()

    NoticeVersion.objects.filter(pk=draft.pk).update(title="直した件名")
    Issuer.objects.filter(version=draft).delete()

    draft.refresh_from_db()
    assert (draft.title, draft.issuers.count()) == ("直した件名", 0)
