"""A choice of division for every topic."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import Division
from notices.models import Topic
from onepublic.core.forms import Form


class RoutesForm(Form):
    """One field a topic; blank stands for the window. Three queries for any number of topics."""

    def __init__(
        self, *args: Any, topics: Sequence[Topic], divisions: Sequence[Division], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._topics = topics
        self._divisions = {str(division.pk): division for division in divisions}
        offered = [(key, division.full_name) for key, division in self._divisions.items()]
        for topic in topics:
            self.fields[f"topic-{topic.pk}"] = forms.ChoiceField(
                label=topic.name, choices=[("", "窓口"), *offered], required=False
            )

    def routes(self) -> dict[Topic, Division | None]:
        """What a valid form asks for."""
        chosen = self.cleaned_data
        return {topic: self._divisions.get(chosen[f"topic-{topic.pk}"]) for topic in self._topics}
