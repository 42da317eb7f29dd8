"""The crispy-forms pack: label, help, control and error belong to each other."""

import re

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.forms import formset_factory
from django.http import QueryDict


class NoticeForm(forms.Form):
    title = forms.CharField(label="件名", help_text="200文字以内")
    kind = forms.ChoiceField(label="種別", choices=[("a", "通知"), ("b", "事務連絡")])
    action = forms.ChoiceField(
        label="対応",
        choices=[("x", "周知"), ("y", "回答")],
        widget=forms.RadioSelect,
        help_text="一つ",
    )
    note = forms.CharField(label="備考", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def _render(form: forms.Form) -> str:
    html: str = render_crispy_form(form)
    return re.sub(r"\s+", " ", html)


def test_label_names_the_control_and_says_that_it_is_required() -> None:
    html = _render(NoticeForm())

    assert (
        '<label class="field-label" for="id_title">件名'
        '<span class="field-required"> ※必須</span> </label>'
    ) in html
    assert '<label class="field-label" for="id_note">備考 </label>' in html


def test_help_is_tied_to_its_control() -> None:
    html = _render(NoticeForm())

    assert '<div class="field-help" id="id_title_helptext">200文字以内</div>' in html
    assert 'name="title" required aria-describedby="id_title_helptext"' in html
    assert (
        '<fieldset class="field" id="div_id_action" aria-describedby="id_action_helptext">' in html
    )


def test_error_is_tied_to_its_control() -> None:
    html = _render(NoticeForm(QueryDict("kind=a&action=x")))

    assert 'aria-invalid="true" aria-describedby="id_title_helptext id_title_error"' in html
    assert html.count('class="field-error"') == 1
    assert '<ul class="field-error" id="id_title_error">' in html


def test_summary_links_to_controls_that_exist() -> None:
    html = _render(NoticeForm(QueryDict("")))
    links = re.findall(r'<a href="#([^"]+)">', html)

    assert links == ["id_title", "id_kind", "id_action_0"]
    assert [f'id="{link}"' in html for link in links] == [True, True, True]


def test_form_without_errors_has_no_summary() -> None:
    assert "error-summary" not in _render(NoticeForm())
    assert "error-summary" not in _render(NoticeForm(QueryDict("title=x&kind=a&action=x")))


def test_error_of_the_whole_form_is_told_in_the_summary() -> None:
    form = NoticeForm(QueryDict("title=x&kind=a&action=x"))
    form.add_error(None, "同じ件名の下書きがあります。")

    assert "<li>同じ件名の下書きがあります。</li>" in _render(form)


def test_what_was_typed_is_escaped() -> None:
    html = _render(NoticeForm(QueryDict('title="><script>alert(1)</script>')))

    assert "<script" not in html


def test_hidden_field_has_no_label() -> None:
    html = _render(NoticeForm())

    assert '<input type="hidden" name="token" id="id_token">' in html
    assert "Token" not in html


@pytest.mark.parametrize("field", [forms.CharField(), forms.FileField()])
def test_form_with_a_file_is_sent_as_multipart(field: forms.Field) -> None:
    form_class = type("UploadForm", (forms.Form,), {"file": field})

    html = _render(form_class())

    assert ('enctype="multipart/form-data"' in html) == isinstance(field, forms.FileField)


def test_buttons_come_after_the_fields() -> None:
    form = NoticeForm()
    form.helper = FormHelper()  # type: ignore[attr-defined]
    form.helper.layout = Layout("title")  # type: ignore[attr-defined]
    form.helper.add_input(Submit("save", "保存"))  # type: ignore[attr-defined]

    html = _render(form)

    assert '<form method="post" novalidate>' in html
    assert re.findall(r'name="(\w+)"', html) == ["csrfmiddlewaretoken", "title", "save"]
    assert 'class="button btn btn-primary">保存</button>' in html


def test_formset_shows_its_management_form_and_every_form() -> None:
    formset = formset_factory(NoticeForm, extra=2)()

    html = _render(formset)  # type: ignore[arg-type]

    assert 'name="form-TOTAL_FORMS" value="2"' in html
    assert html.count('class="formset-item"') == 2
