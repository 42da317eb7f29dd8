"""Which notice a printed number means, for whoever names one beside it."""

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from notices.models import Notice, ReservedNumber
from notices.numbers import canonical
from onepublic.core.documents import register

YEARS = 10
"""How far back a number is looked for: the portal keeps deliveries as long."""


def notice_of_number(person: User, number: str) -> str:
    """The page of the newest notice with this number that the person may see, else ""."""
    this_year = timezone.localdate().year
    meant = ReservedNumber.objects.filter(
        year__in=range(this_year - YEARS, this_year + 1),
        key=canonical(number),
        notice__in=Notice.objects.visible_to(person),
    )
    found = meant.order_by("-year").values_list("notice", flat=True).first()
    return reverse("notices:detail", args=[found]) if found else ""


register(notice_of_number)
