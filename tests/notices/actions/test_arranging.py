import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from notices.actions.attaching import arrange, attach
from notices.models import Attachment, Notice
from notices.states import AttachmentKind
from onepublic.core.errors import Stale
from tests.factories.notices import a_draft, approver_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice() -> Notice:
    notice = a_draft()
    files = [SimpleUploadedFile(f"{name}.txt", b"x") for name in "abc"]
    attach(notice, by=notice.created_by, files=files, kind=AttachmentKind.ANNEX)
    return notice


def listed(notice: Notice) -> str:
    rows = Attachment.objects.filter(version__notice=notice).select_related("file")
    return "".join(row.file.name[0] for row in rows)


def key_of(name: str) -> int:
    return Attachment.objects.get(file__name=f"{name}.txt").pk


@pytest.mark.parametrize(
    ("name", "step", "order"),
    [("a", 1, "bac"), ("c", -1, "acb"), ("a", -1, "abc"), ("c", 1, "abc"), ("a", 2, "bca")],
)
def test_a_file_moves_and_stays_within_the_list(
    notice: Notice, name: str, step: int, order: str
) -> None:
    assert arrange(notice, by=notice.created_by, attachment_id=key_of(name), step=step)

    assert listed(notice) == order


def test_a_file_gets_another_kind(notice: Notice) -> None:
    arrange(notice, by=notice.created_by, attachment_id=key_of("b"), kind=AttachmentKind.FORM)

    kinds = Attachment.objects.values_list("kind", flat=True)
    assert list(kinds) == ["annex", "form", "annex"]


def test_only_drafters_on_a_fresh_page(notice: Notice) -> None:
    with pytest.raises(PermissionDenied):
        arrange(notice, by=approver_of(notice.division), attachment_id=key_of("a"), step=1)
    with pytest.raises(Stale):
        arrange(notice, by=notice.created_by, attachment_id=key_of("a"), step=1, revision=1)


def test_a_file_that_is_out_is_not_moved(notice: Notice) -> None:
    assert arrange(notice, by=notice.created_by, attachment_id=0, step=1) is False
