"""The whole way of a notice over its pages, with three people."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from notices.models import Delivery, Notice
from notices.states import NoticeState
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import approver_of, drafter_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_notice_goes_from_draft_to_acknowledged() -> None:
    village = OrganizationFactory.create(name="檜原村", kana="ひのはらむら")
    division = DivisionFactory.create()
    drafter = signed_in(drafter_of(division))
    approver = signed_in(approver_of(division))
    officer = signed_in(person_at(village))

    form = drafter.get(reverse("notices:new")).context["form"]
    answer = drafter.post(
        reverse("notices:new"),
        {
            "division": division.pk,
            "key": form["key"].value(),
            "category": "notice",
            "number": "医政発1123第1号",
            "issued_on": "R8.11.23",
            "addressee_line": "各 村長 殿",
            "title": "予防接種の実施について",
            "body": "標記について通知する。",
            "importance": "important",
            "action_asked": "inform",
            "notify_by_mail": "on",
        },
        follow=True,
    )
    notice = Notice.objects.get()
    assert answer.redirect_chain == [(notice_url(notice), 302)]

    drafter.post(
        notice_url(notice) + "attachments/",
        {
            "kind": "annex",
            "uploads": [SimpleUploadedFile("別紙１　実施要領.pdf", PDF)],
            "revision": revision(notice),
        },
    )
    drafter.post(
        notice_url(notice) + "audience/",
        {"codes": [village.code], "revision": revision(notice), "save": "1"},
    )
    drafter.post(notice_url(notice) + "review/", {"revision": revision(notice)})
    approver.get(notice_url(notice) + "publication/")
    approver.post(notice_url(notice) + "publication/", {"revision": revision(notice)})

    listed = officer.get(reverse("notices:inbox"))
    assert [row.notice_id for row in listed.context["page"].rows] == [notice.pk]
    officer.get(notice_url(notice))
    attachment = Notice.objects.get().versions.get().attachments.get()
    download = officer.get(f"{notice_url(notice)}attachments/{attachment.pk}/")
    assert b"".join(download.streaming_content) == PDF  # type: ignore[attr-defined] # a FileResponse
    officer.post(notice_url(notice) + "acknowledgement/")

    delivery = Delivery.objects.get()
    notice.refresh_from_db()
    assert notice.state == NoticeState.PUBLISHED
    assert None not in (delivery.opened_at, delivery.acknowledged_at)
    status = approver.get(notice_url(notice) + "deliveries/")
    assert status.context["totals"]["acknowledged"] == 1


def notice_url(notice: Notice) -> str:
    return reverse("notices:detail", args=[notice.pk])


def revision(notice: Notice) -> int:
    return Notice.objects.get(pk=notice.pk).revision
