from django.test import Client
from django.urls import reverse


def test_page_opens_without_signing_in_or_asking_the_database(client: Client) -> None:
    response = client.get(reverse("browsers"))

    assert response.status_code == 200
    assert "<title>対応ブラウザ – OnePublic</title>" in response.content.decode()
