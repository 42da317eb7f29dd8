"""Whether answers need approval."""

from django import forms

from onepublic.core.forms import BareForm

NEEDED, NOT_NEEDED = "needed", "not_needed"


class AnswersApprovalForm(BareForm):
    """``approval``: needed, or not."""

    approval = forms.ChoiceField(
        label="調査の回答の決裁",
        widget=forms.RadioSelect,
        choices=[
            (NEEDED, "決裁を要する（起案した人とは別の決裁者が提出する）"),
            (NOT_NEEDED, "決裁を省略する（回答した人がそのまま提出する）"),
        ],
        help_text="回答に携わる人が一人の機関は、決裁を省略できます。変更は記録されます。",
    )
