import pytest
from django import forms

from accounts.forms.organizations import OrganizationField, written
from tests.factories.accounts import OrganizationFactory, PrefectureFactory

pytestmark = pytest.mark.django_db


class AskingForm(forms.Form):
    organization = OrganizationField(label="機関", required=False)


def _errors(typed: str) -> list[str]:
    return [str(error) for error in AskingForm({"organization": typed}).errors["organization"]]


@pytest.mark.parametrize(
    "typed",
    ["甲県緑市（123451）", "緑市（123451）", "甲県緑市(123451)", "123451", " 甲県緑市 ", "緑市"],
)
def test_one_organization_is_meant(typed: str) -> None:
    prefecture = PrefectureFactory.create(name="甲県")
    city = OrganizationFactory.create(code="123451", name="緑市", prefecture=prefecture)
    OrganizationFactory.create(name="緑市場町")

    form = AskingForm({"organization": typed})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["organization"] == city


def test_blank_is_none() -> None:
    form = AskingForm({"organization": ""})

    assert form.is_valid()
    assert form.cleaned_data["organization"] is None


def test_several_are_offered_to_choose_from() -> None:
    both = [OrganizationFactory.create(name="府中市") for _ in range(2)]
    form = AskingForm({"organization": "府中市"})

    html = str(form["organization"])

    assert _errors("府中市") == [
        f"機関を１つに決められません。「{'、'.join(map(written, both))}」からお選びください。"
    ]
    assert [f'<option value="{written(one)}">' in html for one in both] == [True, True]


def test_no_such_organization_is_said() -> None:
    assert _errors("どこにもない町") == [
        "該当する機関がありません。名称、よみ又は機関コードを確認してください。"
    ]


def test_organization_of_another_form_is_not_offered() -> None:
    OrganizationFactory.create_batch(2, name="府中市")
    AskingForm({"organization": "府中市"}).is_valid()

    assert "<option" not in str(AskingForm()["organization"])
