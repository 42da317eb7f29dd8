from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organization, User
from accounts.states import Role
from notices.actions.questions import publish_answer
from notices.models import Message, Notice, Question
from tests.factories.accounts import OrganizationFactory, PrefectureFactory, person_at
from tests.factories.notices import answered_question, asked_question, drafter_of, published

pytestmark = pytest.mark.django_db
LIST = "/notices/questions/"


@pytest.fixture
def town() -> Organization:
    return OrganizationFactory.create(name="秘密村")


@pytest.fixture
def officer(town: Organization) -> User:
    return person_at(town)


@pytest.fixture
def notice(town: Organization) -> Notice:
    return published(to=[town, OrganizationFactory.create()])


@pytest.fixture
def drafter(notice: Notice) -> User:
    return drafter_of(notice.division)


def page_of(question: Question) -> str:
    return reverse("notices:question", args=[question.notice_id, question.pk])


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_form_sent_twice_asks_once(notice: Notice, officer: User) -> None:
    client, form = signed_in(officer), {"text": "期限は延びますか。", "key": str(uuid4())}

    answers = [client.post(f"/notices/{notice.pk}/questions/", form) for _ in range(2)]

    assert [answer.headers["Location"] for answer in answers] == [
        page_of(Question.objects.get())
    ] * 2
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "質問を入力してください。"),
        ("あ" * 2001, "質問は2000文字以内で入力してください（現在2001文字）。"),
    ],
)
def test_a_bad_question_is_named_and_kept(
    notice: Notice, officer: User, text: str, message: str
) -> None:
    form = {"text": text, "key": str(uuid4())}

    page = signed_in(officer).post(f"/notices/{notice.pk}/questions/", form)

    assert page.context["form"].errors["text"] == [message]
    assert text in page.content.decode()
    assert Question.objects.count() == 0


def test_an_answer_to_all_needs_the_question_that_all_read(
    notice: Notice, officer: User, drafter: User
) -> None:
    question = asked_question(notice, by=officer)
    form = {"text": "不要です。", "publish": "on", "public_question": "", "key": str(uuid4())}

    page = signed_in(drafter).post(f"{page_of(question)}answers/", form)

    assert page.context["answer_form"].errors["public_question"] == [
        "公開する質問の文を入力してください。"
    ]
    assert question.messages.count() == 1


def test_what_is_published_never_names_who_asked(
    notice: Notice, officer: User, drafter: User
) -> None:
    question = answered_question(notice, by=officer, answered_by=drafter)
    others = [person_at(d.organization) for d in notice.deliveries.order_by("pk")[1:]]
    above = [d.organization.prefecture for d in notice.deliveries.all()]
    others += [person_at(place, Role.VIEWER) for place in above if place]

    for person in others:
        client = signed_in(person)
        for address in (f"/notices/{notice.pk}/", LIST):
            html = client.get(address).content.decode()
            assert question.public_question in html
            assert officer.name not in html
            assert "様式に押印は必要ですか。" not in html
        assert client.get(page_of(question)).status_code == 404


def test_the_thread_is_read_once_by_the_asker(notice: Notice, officer: User, drafter: User) -> None:
    question = answered_question(notice, by=officer, answered_by=drafter)
    client = signed_in(officer)
    assert len(client.get(f"{LIST}?show=news").context["page"].rows) == 1

    client.head(page_of(question))
    assert Question.objects.with_news().count() == 1
    client.get(page_of(question))

    assert Question.objects.with_news().count() == 0


@pytest.mark.parametrize(
    ("query", "found"), [("押印", 1), ("ｵｳｲﾝ", 0), ("予防接種", 1), ("延長", 0), ("%00", 1)]
)
def test_published_answers_are_searched(
    notice: Notice, officer: User, drafter: User, query: str, found: int
) -> None:
    answered_question(notice, by=officer, answered_by=drafter)

    page = signed_in(officer).get(f"{LIST}?q={query}")

    assert len(page.context["page"].rows) == found


def test_a_stranger_finds_nothing(notice: Notice, officer: User, drafter: User) -> None:
    answered_question(notice, by=officer, answered_by=drafter)
    client = signed_in(person_at(PrefectureFactory.create()))

    for show in ("", "own", "news", "waiting", "ours"):
        assert client.get(f"{LIST}?show={show}").context["page"].rows == []


def test_the_issuer_finds_what_waits(notice: Notice, officer: User, drafter: User) -> None:
    waiting = asked_question(notice, by=officer)
    answered = answered_question(notice, by=officer, answered_by=drafter)
    client = signed_in(drafter)

    assert client.get(f"{LIST}?show=waiting").context["page"].rows == [waiting]
    assert client.get(f"{LIST}?show=ours").context["page"].rows == [answered, waiting]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("show", "queries"), [("", 8), ("own", 8)])
def test_the_list_costs_the_same_for_any_number(
    notice: Notice,
    officer: User,
    drafter: User,
    count: int,
    show: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(count):
        question = answered_question(notice, by=officer, answered_by=drafter)
        publish_answer(question, by=drafter, public_question="一", public_answer="二")
    client = signed_in(officer)

    # session, user, memberships, list, the tabs' two counts, the navigation's two
    with django_assert_num_queries(queries):
        client.get(f"{LIST}?show={show}")
