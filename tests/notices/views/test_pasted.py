import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import a_draft

pytestmark = pytest.mark.django_db
TABLE = "<table><tr><td>県</td><td>市</td></tr></table>"


def test_it_answers_with_text_for_the_body(client: Client) -> None:
    client.force_login(a_draft().created_by)

    response = client.post(reverse("notices:pasted"), {"html": TABLE})

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text == "| 県 | 市 |\n| --- | --- |"


def test_it_is_for_those_who_draft(client: Client) -> None:
    client.force_login(person_at(OrganizationFactory.create()))

    assert client.post(reverse("notices:pasted"), {"html": TABLE}).status_code == 403
