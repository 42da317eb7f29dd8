"""Narrowing the inbox, and handing over what was chosen in it."""

from datetime import timedelta

from django import forms
from django.db.models import Q, TextChoices
from django.utils import timezone

from accounts.models import Division
from accounts.states import Level
from notices.models import Topic
from notices.states import Category, Importance
from onepublic.core.fields import WarekiDateField
from onepublic.core.forms import Form

WEEK = timedelta(days=7)
ANY = [("", "すべて")]


class DueFilter(TextChoices):
    LATE = "late", "期限を過ぎたもの"
    WEEK = "week", "7日以内"
    DATED = "dated", "期限のあるもの"


class InboxFilterForm(Form):
    """What may narrow the list; a value that can't be read narrows nothing and is complained of."""

    topic = forms.ModelChoiceField(
        label="分野", queryset=Topic.objects.all(), required=False, empty_label="すべて"
    )
    category = forms.ChoiceField(label="種別", choices=[*ANY, *Category.choices], required=False)
    importance = forms.ChoiceField(
        label="重要度", choices=[*ANY, *Importance.choices], required=False
    )
    bureau = forms.ChoiceField(label="発出元の局", required=False)
    due = forms.ChoiceField(label="期限", choices=[*ANY, *DueFilter.choices], required=False)
    since = WarekiDateField(label="受信した日（から）", required=False)
    until = WarekiDateField(label="受信した日（まで）", required=False)

    def __init__(self, asked: object) -> None:
        super().__init__(asked)  # type: ignore[arg-type] # a QueryDict
        ministry = Division.objects.filter(organization__level=Level.MINISTRY)
        names = ministry.exclude(bureau_name="").order_by("bureau_name")
        found = names.values_list("bureau_name", flat=True).distinct()
        self.fields["bureau"] = forms.ChoiceField(
            label="発出元の局", choices=[*ANY, *((name, name) for name in found)], required=False
        )

    def conditions(self) -> Q:
        """Of deliveries; all of those whose value could be read."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        wanted = Q()
        for name, value in asked.items():
            wanted &= _condition(name, value)
        return wanted

    @property
    def is_in_use(self) -> bool:
        """Whether the list is narrowed, or a value was refused."""
        return bool(self.errors) or any(self.cleaned_data.values())

    def kept(self) -> dict[str, str]:
        """What was asked, for links that keep it."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}


PATHS = {
    "topic": "notice__topics",
    "category": "notice__current_version__category",
    "importance": "notice__current_version__importance",
    "bureau": "notice__division__bureau_name",
    "since": "delivered_at__date__gte",
    "until": "delivered_at__date__lte",
}


def _condition(name: str, value: object) -> Q:
    if name != "due":
        return Q(**{PATHS[name]: value})
    today, due = timezone.localdate(), "notice__current_version__due_on"
    return {
        DueFilter.LATE.value: Q(**{f"{due}__lt": today}),
        DueFilter.WEEK.value: Q(**{f"{due}__range": (today, today + WEEK)}),
        DueFilter.DATED.value: Q(**{f"{due}__isnull": False}),
    }[str(value)]
