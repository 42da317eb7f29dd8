"""Whom to remind."""

from django import forms

from notices.states import NudgeAim
from onepublic.core.forms import Form


class NudgeForm(Form):
    """``aim``: those that have not opened, or those that have not acknowledged."""

    aim = forms.ChoiceField(label="催促する相手", choices=NudgeAim.choices)
