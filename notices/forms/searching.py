"""What to look for among the notices."""

from collections.abc import Mapping

from crispy_forms.bootstrap import FormActions
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from notices.search.facets import FACETS
from onepublic.core.forms import Form
from onepublic.core.fulltext.query import LONGEST

HELP = (
    "空白で区切った語は、すべてを含む通知を探します。"
    "語順どおりに探すときは「定期の予防接種」のように括弧で囲み、除く語には前に－を付けてください。"
)


class SearchForm(Form):
    """``q``, and in hidden fields what the hits are narrowed to already."""

    q = forms.CharField(
        label="探す語",
        required=False,
        max_length=LONGEST,
        help_text=HELP,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *, asked: Mapping[str, str]) -> None:
        super().__init__(initial=dict(asked))
        for name in FACETS:
            if name in asked:
                self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def helper(self) -> FormHelper:
        """The whole form; it asks, so it changes nothing and needs no token."""
        helper = FormHelper()
        helper.form_method = "get"
        helper.disable_csrf = True
        helper.attrs = {"role": "search", "aria-label": "通知の全文検索"}
        helper.layout = Layout(*self.fields, FormActions(Submit("", "検索する")))
        return helper
