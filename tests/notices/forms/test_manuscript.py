from datetime import date
from typing import Any

import pytest
from django.utils.datastructures import MultiValueDict

from notices.actions.manuscript import ContactLine
from notices.forms import DraftForm, ManuscriptForm
from notices.models import Topic
from notices.states import Action
from tests.factories.accounts import DivisionFactory, OrganizationFactory
from tests.factories.notices import a_draft, drafter_of, manuscript

pytestmark = pytest.mark.django_db


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "category": "notice",
        "number": "医政発1123第1号",
        "issued_on": "令和８年１１月２３日",
        "addressee_line": "各 都道府県知事 殿",
        "title": "予防接種の実施について",
        "body": "標記について",
        "importance": "normal",
        "action_asked": "inform",
        "due_on": "R8.12.10",
        "notify_by_mail": "on",
        "revision": "1",
        **changes,
    }


def errors(**changes: Any) -> dict[str, list[str]]:
    found = ManuscriptForm(typed(**changes)).errors
    return {name: [str(message) for message in messages] for name, messages in found.items()}


def test_a_valid_form_gives_the_manuscript() -> None:
    first, second = DivisionFactory.create_batch(2)
    topic = Topic.objects.create(name="予防接種")
    form = ManuscriptForm(
        MultiValueDict(
            {key: [value] for key, value in typed(joint_1=second.pk, joint_3=first.pk).items()}
            | {"topics": [topic.pk]}
        )
    )

    assert form.is_valid()
    text = form.manuscript()
    assert (text.issued_on, text.due_on) == (date(2026, 11, 23), date(2026, 12, 10))
    assert (list(text.joint_issuers), list(text.topics)) == ([second, first], [topic])
    assert text.notify_by_mail is True


def test_a_draft_may_lack_what_a_notice_needs() -> None:
    assert errors(number="", addressee_line="", body="", due_on="") == {}


def test_what_a_draft_needs_is_said_at_the_field() -> None:
    assert errors(title="", issued_on="") == {
        "title": ["件名を入力してください。"],
        "issued_on": ["発出日を入力してください。"],
    }


@pytest.mark.parametrize(
    "field", ["title", "number", "addressee_line", "body", "contact_1_division"]
)
def test_control_characters_are_refused_at_the_field(field: str) -> None:
    found = errors(**{field: "正しい\x07文字"})

    assert found == {field: ["使用できない制御文字（U+0007）が含まれています。"]}


def test_forty_thousand_characters_are_refused_with_the_count() -> None:
    found = errors(body="あ" * 40_000)

    assert list(found) == ["body"]
    assert "20000" in found["body"][0]
    assert "40000" in found["body"][0]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_text_that_begins_like_a_formula_is_text(sign: str) -> None:
    form = ManuscriptForm(typed(title=f"{sign}1+1"))

    assert form.is_valid()
    assert form.manuscript().title == f"{sign}1+1"


def test_line_ends_of_every_browser_become_one() -> None:
    form = ManuscriptForm(typed(body="一\r\n二\r三"))

    assert form.is_valid()
    assert form.manuscript().body == "一\n二\n三"


def test_a_date_that_is_none_is_explained() -> None:
    assert errors(issued_on="令和8年2月30日") == {
        "issued_on": [
            "日付は「令和8年11月23日」「R8.11.23」「2026-11-23」のように入力してください。"
        ]
    }


def test_values_that_the_page_did_not_offer_are_refused() -> None:
    window = DivisionFactory.create(organization=OrganizationFactory.create())

    assert set(errors(category="x", importance="x", joint_1=window.pk)) == {
        "category",
        "importance",
        "joint_1",
    }


def test_the_form_shows_a_draft_as_it_is() -> None:
    joint = DivisionFactory.create()
    notice = a_draft(joint_issuers=[joint], due_on=date(2026, 12, 1))

    initial = ManuscriptForm.initial_of(notice.versions.get())

    assert initial["title"] == "予防接種の実施について"
    assert (initial["issued_on"], initial["due_on"]) == ("令和８年11月23日", "令和８年12月１日")
    assert (initial["joint_1"], initial["revision"]) == (joint.pk, 1)


def test_what_the_form_shows_comes_back_unchanged() -> None:
    notice = a_draft(due_on=date(2026, 12, 1))
    initial = ManuscriptForm.initial_of(notice.versions.get())
    form = ManuscriptForm(initial)

    assert form.is_valid()
    assert form.manuscript() == manuscript(due_on=date(2026, 12, 1), joint_issuers=[])


def test_contacts_are_rows_and_each_names_its_division() -> None:
    form = ManuscriptForm(
        typed(
            contact_2_division="医政局総務課",
            contact_2_mail="a@example.jp",
            contact_4_division="課",
        )
    )

    assert form.is_valid()
    assert form.manuscript().contacts == [
        ContactLine(division="医政局総務課", mail="a@example.jp"),
        ContactLine(division="課"),
    ]
    assert errors(contact_1_phone="03") == {
        "contact_1_division": ["この問合せ先の課室名を入力してください。"]
    }


def test_places_decide_the_order_of_issuers() -> None:
    first, second = DivisionFactory.create_batch(2)
    form = ManuscriptForm(
        typed(joint_1=first.pk, joint_1_place=3, joint_2=second.pk, joint_2_place=1, own_place=2)
    )

    assert form.is_valid()
    text = form.manuscript()
    assert (list(text.joint_issuers), text.own_place) == ([second, first], 2)


def test_the_printed_order_comes_back_from_the_form() -> None:
    first, second = DivisionFactory.create_batch(2)
    notice = a_draft(joint_issuers=[first, second], own_place=2)
    version = notice.versions.get()

    form = ManuscriptForm(ManuscriptForm.initial_of(version))

    assert form.is_valid()
    text = form.manuscript()
    assert (list(text.joint_issuers), text.own_place) == ([first, second], 2)
    own = notice.division
    assert [issuer.division for issuer in version.issuers.all()] == [first, own, second]


def test_the_form_asks_what_is_to_be_done_and_from_when_it_applies() -> None:
    form = ManuscriptForm(typed(action_asked="answer", effective_on="令和９年４月１日"))

    assert form.is_valid()
    text = form.manuscript()
    assert (text.action_asked, text.effective_on) == (Action.ANSWER, date(2027, 4, 1))


def test_a_new_notice_belongs_to_a_division_of_the_drafter() -> None:
    mine, foreign = DivisionFactory.create_batch(2)
    drafter = drafter_of(mine)
    key = "6f2c1c6e-7a54-4f0b-9d0c-0d7e4cb0a0a1"

    good = DraftForm(typed(division=mine.pk, key=key), user=drafter)
    bad = DraftForm(typed(division=foreign.pk, key="x"), user=drafter)

    assert good.is_valid()
    assert set(bad.errors) == {"division", "key"}
