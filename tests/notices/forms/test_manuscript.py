from datetime import date
from typing import Any

import pytest
from django.utils.datastructures import MultiValueDict

from notices.forms import DraftForm, ManuscriptForm
from notices.models import Topic
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


@pytest.mark.parametrize("field", ["title", "number", "addressee_line", "body", "contact"])
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


def test_a_new_notice_belongs_to_a_division_of_the_drafter() -> None:
    mine, foreign = DivisionFactory.create_batch(2)
    drafter = drafter_of(mine)
    key = "6f2c1c6e-7a54-4f0b-9d0c-0d7e4cb0a0a1"

    good = DraftForm(typed(division=mine.pk, key=key), user=drafter)
    bad = DraftForm(typed(division=foreign.pk, key="x"), user=drafter)

    assert good.is_valid()
    assert set(bad.errors) == {"division", "key"}
