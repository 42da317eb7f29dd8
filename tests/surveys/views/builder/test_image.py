from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from surveys.actions import keep_template, open_survey
from surveys.models import QuestionnaireTemplate
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import draft_survey
from tests.surveys.actions.test_images import PNG, put
from tests.surveys.views.builder.desk import Desk

pytestmark = pytest.mark.django_db
NEW = "images/new/?section=s1&after=staff"


@pytest.fixture
def desk() -> Desk:
    return Desk(draft_survey())


def typed(desk: Desk, **changes: Any) -> dict[str, Any]:
    sent = {
        "file": SimpleUploadedFile("図.png", PNG, content_type="image/png"),
        "alt": "体制の図",
        "revision": desk.revision().edit,
    }
    return sent | changes


def shown(client: Client, desk: Desk, file: str) -> int:
    return status(client, reverse("surveys:question_image", args=[desk.survey.pk, file]))


def status(client: Client, address: str) -> int:
    response = client.get(address)
    if response.streaming:
        response.getvalue()  # read to its end, the file is closed
    return response.status_code


def test_an_image_is_put_behind_a_question_and_seen_in_its_card(desk: Desk) -> None:
    response = desk.post(NEW, typed(desk, label="見本", caption="図1"))

    ids = desk.ids()
    image = desk.question(ids[ids.index("staff") + 1])
    assert response.headers["Location"] == f"{desk.address}#card-{image['id']}"
    assert {key: image[key] for key in ("type", "alt", "caption", "label")} == {
        "type": "image",
        "alt": "体制の図",
        "caption": "図1",
        "label": "見本",
    }
    assert f'images/{image["file"]}/" alt="体制の図"' in desk.get("")
    assert shown(desk.client, desk, image["file"]) == 200


def test_the_kinds_of_questions_lead_to_the_page_of_an_image(desk: Desk) -> None:
    added = desk.get("new/?section=s1&after=staff")
    changed = desk.get("new/?retyped=staff")

    assert f'href="{desk.address}images/new/?section=s1&amp;after=staff"' in added
    assert f'href="{desk.address}questions/staff/image/"' in changed
    assert "画像の追加" in desk.get(NEW)


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"alt": ""}, "alt"),
        ({"file": ""}, "file"),
        ({"file": SimpleUploadedFile("図.png", b"text")}, "file"),
    ],
)
def test_what_can_not_be_kept_is_told_at_its_place(
    desk: Desk, changes: dict[str, Any], at: str
) -> None:
    before = desk.revision().document

    response = desk.post(NEW, typed(desk, **changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [at]
    assert desk.revision().document == before


def test_a_place_that_is_gone_is_told_and_the_words_stay(desk: Desk) -> None:
    response = desk.post("images/new/?section=s1&after=gone", typed(desk))

    assert response.status_code == 422
    assert "既に移動又は削除されています" in response.content.decode()
    assert response.context["form"]["alt"].value() == "体制の図"


def test_an_image_gets_another_file_and_keeps_its_place(desk: Desk) -> None:
    first = put(desk.survey)
    before = desk.ids()
    address = f"questions/{before[0]}/image/"

    page = desk.get(address)
    response = desk.post(address, typed(desk, alt="新しい図"))

    image = desk.question(before[0])
    assert "現在の画像" in page
    assert response.status_code == 302
    assert desk.ids() == before
    assert (image["alt"], image["file"] == first) == ("新しい図", False)
    assert (shown(desk.client, desk, first), shown(desk.client, desk, image["file"])) == (404, 200)


def test_a_question_of_another_type_becomes_an_image(desk: Desk) -> None:
    response = desk.post("questions/note/image/", typed(desk))

    assert response.status_code == 302
    assert desk.question("note")["type"] == "image"


def test_what_somebody_else_changed_is_not_replaced_unseen(desk: Desk) -> None:
    put(desk.survey)
    (image, *_) = desk.ids()
    sent = typed(desk, mark="0", revision="0")

    response = desk.post(f"questions/{image}/image/", sent)

    assert response.status_code == 409
    assert response.context["mark"] != "0"
    assert desk.question(image)["alt"] == "体制の図"


def test_in_a_draft_nobody_else_sees_it_and_once_asked_the_asked_do(desk: Desk) -> None:
    village = OrganizationFactory.create()
    survey = draft_survey(village)
    desk = Desk(survey)
    file = put(survey)
    asked, client = person_at(village), Client()
    client.force_login(asked)
    before = shown(client, desk, file)
    open_survey(survey, by=survey.created_by)

    assert (before, shown(client, desk, file)) == (404, 200)
    client.force_login(person_at(OrganizationFactory.create()))
    assert shown(client, desk, file) == 404


def test_the_id_of_a_file_in_a_questionnaire_shows_nobody_else_s_file(desk: Desk) -> None:
    other = draft_survey()
    file = put(other)
    revision = desk.revision()
    image = {"id": "q9", "type": "image", "file": file, "alt": "図"}
    revision.document["sections"][0]["questions"].append(image)
    revision.save()

    assert shown(desk.client, desk, file) == 404


def test_a_template_shows_its_image_to_whoever_may_begin_from_it(desk: Desk) -> None:
    file = put(desk.survey)
    revision, by = desk.revision(), desk.survey.created_by
    template = keep_template(revision, by=by, name="図つき", shared=False)
    address = reverse("surveys:template_image", args=[template.pk, file])
    stranger = Client()
    stranger.force_login(person_at(DivisionFactory.create()))

    page = desk.client.get(reverse("surveys:template", args=[template.pk])).content.decode()
    private = status(stranger, address)
    QuestionnaireTemplate.objects.update(is_shared=True)

    assert address in page
    assert [status(desk.client, address), private] == [200, 404]
    assert status(stranger, address) == 200
    assert status(stranger, address.replace(file, "none")) == 404
