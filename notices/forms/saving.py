"""Under which name a search is kept, and whether it tells of new hits."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.bootstrap import FormActions
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.urls import reverse

from notices.search.facets import FACETS
from onepublic.core.fields import PlainTextField
from onepublic.core.forms import Form
from onepublic.core.fulltext.query import LONGEST


class SaveSearchForm(Form):
    """``name`` and ``notify``; in hidden fields the search itself."""

    name = PlainTextField(label="検索の名前", max_length=60)
    notify = forms.BooleanField(
        label="当てはまる通知が新しく発出されたら、メールで知らせる", required=False, initial=True
    )
    q = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)

    def __init__(self, sent: Mapping[str, Any] | None = None, *, asked: Mapping[str, str]) -> None:
        super().__init__(sent, initial={**asked, "name": asked.get("q", "")[:60]})
        for name in FACETS:
            if asked.get(name):
                self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def helper(self) -> FormHelper:
        """The whole form, which leads to the list of saved searches."""
        helper = FormHelper()
        helper.form_action = reverse("notices:saved_searches")
        save = Submit("", "この検索を保存する", css_class="button-secondary")
        helper.layout = Layout(*self.fields, FormActions(save))
        return helper
