from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from onepublic.core.wareki import wareki
from onepublic.mail.models import OutboxMessage
from surveys.models import PrefectureRound
from tests.factories.accounts import person_at
from tests.surveys.prefecture import Area

pytestmark = pytest.mark.django_db


@pytest.fixture
def area(client: Client) -> Area:
    """Its officer is signed in, its village has somebody at the window."""
    found = Area()
    person_at(found.villages[0])
    client.force_login(found.officer)
    return found


def send(client: Client, area: Area, **typed: Any) -> Any:
    page = reverse("surveys:municipalities_note", args=[area.survey.pk])
    return client.post(page, {"note": "早めに。", "revision": "0"} | typed)


def test_what_is_written_stands_on_the_pages_of_the_municipality(
    client: Client, area: Area
) -> None:
    day = timezone.localdate() + timedelta(days=1)
    paper = SimpleUploadedFile("様式.txt", b"text")

    response = send(client, area, due_on=day.isoformat(), uploads=[paper], tell="1")

    assert response.headers["Location"] == reverse("surveys:municipalities", args=[area.survey.pk])
    assert OutboxMessage.objects.filter(kind="prefecture_round").count() == 1
    (asked,) = area.asked
    client.force_login(person_at(area.villages[0]))
    page = client.get(reverse("surveys:assignment", args=[asked.pk]))
    for words in (f"{area.prefecture.name}からの連絡", "早めに。", "様式.txt", wareki(day)):
        assertContains(page, words)
    assertContains(client.get(reverse("surveys:assignments")), "都道府県への期限")


def test_without_the_button_for_it_nobody_is_told(client: Client, area: Area) -> None:
    send(client, area)

    assert (PrefectureRound.objects.count(), OutboxMessage.objects.count()) == (1, 0)


def test_a_slip_is_told_at_its_place(client: Client, area: Area) -> None:
    late = send(client, area, due_on=area.survey.due_on.isoformat())
    past = send(client, area, due_on="2020-01-01")
    silent = send(client, area, note="", tell="1")
    bad = send(client, area, uploads=[SimpleUploadedFile("x.exe", b"MZ")])

    assert [response.status_code for response in (late, past, silent, bad)] == [422] * 4
    places = [set(response.context["form"].errors) for response in (late, past, silent, bad)]
    assert places == [{"due_on"}, {"due_on"}, {"__all__"}, {"uploads"}]
    assert bad.context["form"]["note"].value() == "早めに。"


def test_an_overtaken_page_keeps_what_was_typed_and_may_be_sent_again(
    client: Client, area: Area
) -> None:
    send(client, area, note="先の人")

    response = send(client, area, note="後の人")

    form = response.context["form"]
    assert response.status_code == 409
    assertContains(response, "先の人", status_code=409)
    send(client, area, note=form["note"].value(), revision=form["revision"].value())
    said = PrefectureRound.objects.get()
    assert (said.note, said.revision) == ("後の人", 2)


def test_a_file_is_served_to_the_municipality_and_left_out_again(
    client: Client, area: Area
) -> None:
    send(client, area, uploads=[SimpleUploadedFile("様式.txt", b"text")])
    said = PrefectureRound.objects.get()
    stored = said.files.get()
    client.force_login(person_at(area.villages[0]))
    page = reverse("surveys:round_file", args=[said.pk, stored.pk])

    served = b"".join(client.get(page).streaming_content)  # type: ignore[attr-defined]
    client.force_login(area.officer)
    send(client, area, revision="1", without=[str(stored.pk)])

    assert served == b"text"
    assert client.get(page).status_code == 404


def test_a_municipality_of_elsewhere_reads_nothing_of_it(client: Client, area: Area) -> None:
    send(client, area, note="県内だけの連絡")
    other = Area()
    (asked,) = other.asked
    client.force_login(person_at(other.villages[0]))

    page = client.get(reverse("surveys:assignment", args=[asked.pk]))

    assertNotContains(page, "からの連絡")
