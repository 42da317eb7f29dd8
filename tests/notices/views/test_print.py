import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from notices.actions.attaching import attach
from notices.models import Delivery, Notice
from notices.states import AttachmentKind
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import a_draft, published

pytestmark = pytest.mark.django_db


def page_of(notice: Notice) -> str:
    return reverse("notices:print", args=[notice.pk])


def test_it_prints_the_letter_and_marks_it_opened(client: Client) -> None:
    village = OrganizationFactory.create()
    notice, officer = published(to=[village]), person_at(village)
    client.force_login(officer)

    text = client.get(page_of(notice)).text

    assert "letter-on-paper" in text
    assert "（案）" not in text
    assert Delivery.objects.get().opened_by == officer


def test_asking_for_the_head_opens_nothing(client: Client) -> None:
    village = OrganizationFactory.create()
    notice = published(to=[village])
    client.force_login(person_at(village))

    client.head(page_of(notice))

    assert Delivery.objects.get().opened_at is None


def test_a_draft_says_so_and_lists_its_attachments(client: Client) -> None:
    notice = a_draft()
    file = ContentFile(b"text", name="実施要領.txt")
    attach(notice, by=notice.created_by, files=[file], kind=AttachmentKind.ANNEX, revision=1)
    client.force_login(notice.created_by)

    text = client.get(page_of(notice)).text

    assert '<p class="letter-draft">（案）</p>' in text
    assert "<li>別紙　実施要領.txt</li>" in text
