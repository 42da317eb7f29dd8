import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.states import Role
from surveys.actions import close_survey
from surveys.actions.inquiries import answer_inquiry, ask_inquiry
from surveys.models import Assignment, Inquiry
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import assignment, assignment_of, running_survey

pytestmark = pytest.mark.django_db
TEXT = "本村では非常勤が一人です。数えますか。"
PUBLIC = "非常勤職員は数えるか。"
REPLY = "週20時間以上の方だけを数えてください。"
QUERIES = 9


def address(asked: Assignment, name: str = "inquiries/") -> str:
    return f"/surveys/assignments/{asked.pk}/{name}"


def managed(inquiry: Inquiry, name: str = "") -> str:
    return f"/surveys/managed/{inquiry.survey_id}/inquiries/{inquiry.pk}/{name}"


def inquiry_of(asked: Assignment, text: str = TEXT) -> Inquiry:
    writer = person_at(asked.organization)
    return ask_inquiry(asked, by=writer, question_id="staff", text=text)


def test_a_question_is_asked_from_its_place_and_leads_back(client: Client) -> None:
    asked = assignment()
    client.force_login(person_at(asked.organization))
    link = f"{address(asked)}?question=staff&amp;section=s1"
    assert link in client.get(address(asked, "sections/s1/")).content.decode()

    form = client.get(f"{address(asked)}?question=staff&section=s1").context["form"]
    sent = client.post(address(asked), {"question": "staff", "section": "s1", "text": TEXT})

    assert form.initial == {"question": "staff"}
    assert sent["Location"] == f"{address(asked, 'sections/s1/')}#q-staff"
    assert Inquiry.objects.get().question_id == "staff"


def test_about_the_whole_it_leads_to_the_list(client: Client) -> None:
    asked = assignment()
    client.force_login(person_at(asked.organization))

    page = client.post(address(asked), {"question": "", "section": "", "text": TEXT}, follow=True)

    assert page.redirect_chain == [(address(asked), 302)]
    assert [line.label for line in page.context["lines"]] == ["調査全体について"]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"question": "staff", "text": ""}, "text"),
        ({"question": "staff", "text": "あ" * 2001}, "text"),
        ({"question": "nowhere", "text": "質問"}, "question"),
    ],
)
def test_bad_input_stays_and_is_told(client: Client, said: dict[str, str], wrong: str) -> None:
    asked = assignment()
    client.force_login(person_at(asked.organization))

    page = client.post(address(asked), said)

    assert (page.status_code, list(page.context["form"].errors)) == (422, [wrong])
    assert page.context["form"]["text"].value() == said["text"]
    assert Inquiry.objects.count() == 0


def test_published_it_stands_at_its_question_without_who_asked(client: Client) -> None:
    town = OrganizationFactory.create(name="質問した村")
    other = OrganizationFactory.create(name="ほかの村")
    survey = running_survey(town, other)
    inquiry = inquiry_of(assignment_of(survey, town))
    answer_inquiry(inquiry, by=survey.created_by, reply=REPLY, public_text=PUBLIC)
    asked = assignment_of(survey, other)
    client.force_login(person_at(other))

    pages = [
        client.get(address(asked, name)).content.decode()
        for name in ("sections/s1/", "", "review/")
    ]

    assert [page.count(PUBLIC) for page in pages] == [1, 1, 1]
    assert [page.count(REPLY) for page in pages] == [1, 1, 1]
    secrets = (TEXT, "質問した村", inquiry.asked_by.name)
    assert [secret in page for page in pages for secret in secrets] == [False] * 9


def test_an_answer_is_marked_as_news_until_it_is_opened(client: Client) -> None:
    asked = assignment()
    inquiry = inquiry_of(asked)
    answer_inquiry(inquiry, by=asked.survey.created_by, reply=REPLY)
    client.force_login(inquiry.asked_by)
    before = client.get(address(asked, "")).content.decode()

    opened = client.get(address(asked)).content.decode()
    after = client.get(address(asked, "")).content.decode()

    assert ("新しい回答1件" in before, REPLY in opened, "新しい回答" in after) == (
        True,
        True,
        False,
    )


def test_a_head_request_reads_nothing(client: Client) -> None:
    asked = assignment()
    inquiry = inquiry_of(asked)
    answer_inquiry(inquiry, by=asked.survey.created_by, reply=REPLY)
    client.force_login(inquiry.asked_by)

    client.head(address(asked))

    assert Inquiry.objects.with_news().count() == 1


def test_a_viewer_reads_and_asks_nothing(client: Client) -> None:
    asked = assignment()
    client.force_login(person_at(asked.organization, Role.VIEWER))

    assert client.get(address(asked)).context["form"] is None
    assert client.post(address(asked), {"text": TEXT}).status_code == 403
    assert "について質問する" not in client.get(address(asked, "review/")).content.decode()


def test_a_closed_survey_offers_no_form(client: Client) -> None:
    asked = assignment()
    close_survey(asked.survey, by=asked.survey.created_by)
    client.force_login(person_at(asked.organization))

    assert client.get(address(asked)).context["form"] is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_divisions_list_costs_the_same_for_one_and_three(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    towns = OrganizationFactory.create_batch(count)
    survey = running_survey(*towns)
    for town in towns:
        inquiry_of(assignment_of(survey, town))
    client.force_login(survey.created_by)
    client.get(f"/surveys/managed/{survey.pk}/inquiries/")  # the questions are parsed once

    with django_assert_num_queries(QUERIES):
        page = client.get(f"/surveys/managed/{survey.pk}/inquiries/")

    assert [label for _, label in page.context["rows"]] == ["職員数"] * count


def test_the_division_answers_and_publishes_in_one_step(client: Client) -> None:
    inquiry = inquiry_of(assignment())
    client.force_login(inquiry.survey.created_by)
    offered = client.get(managed(inquiry)).context["reply_form"].initial

    page = client.post(
        managed(inquiry, "reply/"),
        {"text": REPLY, "publish": "on", "public_question": PUBLIC},
        follow=True,
    )

    inquiry.refresh_from_db()
    assert offered["public_question"] == TEXT
    assert (inquiry.public_text, inquiry.public_reply) == (PUBLIC, REPLY)
    assert "すべての団体にも公開しました。" in page.content.decode()


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"text": ""}, "text"),
        ({"text": REPLY, "publish": "on", "public_question": ""}, "public_question"),
    ],
)
def test_a_bad_answer_is_told(client: Client, said: dict[str, str], wrong: str) -> None:
    inquiry = inquiry_of(assignment())
    client.force_login(inquiry.survey.created_by)

    page = client.post(managed(inquiry, "reply/"), said)

    assert (page.status_code, list(page.context["reply_form"].errors)) == (422, [wrong])
    assert Inquiry.objects.waiting().count() == 1


def test_words_are_published_mended_and_taken_back(client: Client) -> None:
    inquiry = inquiry_of(assignment())
    answer_inquiry(inquiry, by=inquiry.survey.created_by, reply=REPLY)
    client.force_login(inquiry.survey.created_by)

    client.post(
        managed(inquiry, "publication/"),
        {"public_question": PUBLIC, "public_answer": "はい。"},
    )
    shown = Inquiry.objects.get()
    client.post(managed(inquiry, "publication/removal/"))

    assert (shown.public_text, shown.public_reply, shown.reply) == (PUBLIC, "はい。", REPLY)
    assert shown.published_at is not None
    assert Inquiry.objects.get().published_at is None


def test_a_second_answer_is_told_calmly(client: Client) -> None:
    inquiry = inquiry_of(assignment())
    client.force_login(inquiry.survey.created_by)

    for _ in range(2):
        page = client.post(managed(inquiry, "reply/"), {"text": REPLY}, follow=True)

    assert "すでに回答しています。" in page.content.decode()


def test_another_surveys_inquiry_is_not_found(client: Client) -> None:
    inquiry = inquiry_of(assignment())
    other = running_survey(OrganizationFactory.create(), division=inquiry.survey.division)
    client.force_login(inquiry.survey.created_by)

    assert client.get(f"/surveys/managed/{other.pk}/inquiries/{inquiry.pk}/").status_code == 404


def test_the_surveys_page_says_what_waits(client: Client) -> None:
    inquiry = inquiry_of(assignment())
    client.force_login(inquiry.survey.created_by)

    page = client.get(f"/surveys/managed/{inquiry.survey_id}/").content.decode()

    assert ("質問（回答待ち1件）" in page, "期限の延長の申請（0件）" in page) == (True, True)
