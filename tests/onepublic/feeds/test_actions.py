import pytest

from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Stale
from onepublic.feeds.actions import issue, revoke
from onepublic.feeds.models import FeedAddress, hashed
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


def test_the_token_can_be_shown_again_but_does_not_stand_in_the_database() -> None:
    address = issue(UserFactory.create(), seen=0)

    again = FeedAddress.objects.get()
    row = FeedAddress.objects.values().get()

    assert again.token == address.token
    assert FeedAddress.objects.behind(address.token) == again
    assert address.token not in map(str, row.values())
    assert (row["token_hash"], len(address.token)) == (hashed(address.token), 64)


def test_renewing_makes_the_earlier_one_useless() -> None:
    user = UserFactory.create()
    first = issue(user, seen=0)

    second = issue(user, seen=first.pk)

    assert FeedAddress.objects.behind(first.token) is None
    assert FeedAddress.objects.behind(second.token) == second
    assert actions() == ["feed.issued", "feed.renewed"]


def test_revoking_leaves_none() -> None:
    user = UserFactory.create()
    address = issue(user, seen=0)

    revoke(user, seen=address.pk)

    assert FeedAddress.objects.behind(address.token) is None
    assert actions() == ["feed.issued", "feed.revoked"]


def test_an_old_page_changes_nothing() -> None:
    user = UserFactory.create()
    address = issue(user, seen=0)

    for verb in (issue, revoke):
        with pytest.raises(Stale):
            verb(user, seen=0)

    assert FeedAddress.objects.get() == address


def test_an_address_made_under_another_secret_is_still_found(settings: object) -> None:
    address = issue(UserFactory.create(), seen=0)
    token = address.token
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]

    assert (address.is_lost, address.token == token) == (True, False)
    assert FeedAddress.objects.behind(token) == address
