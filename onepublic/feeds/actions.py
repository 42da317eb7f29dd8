"""Issuing a feed address, which takes the earlier one back, and revoking it."""

from django.db import transaction

from accounts.models import User
from onepublic.audit.models import record
from onepublic.core.errors import Stale
from onepublic.feeds.models import FeedAddress, hashed

CHANGED = "アドレスは、別の画面で変更されています。現在のアドレスを確かめてください。"


@transaction.atomic
def issue(user: User, *, seen: int) -> FeedAddress:
    """A new address; an earlier one is of no use from now on.

    ``seen`` is the key of the address that the page showed, 0 for none. Raises Stale when there
    is another one by now.
    """
    earlier = _locked(user, seen)
    if earlier:
        earlier.delete()
    address = FeedAddress(user=user)
    address.token_hash = hashed(address.token)
    address.save()
    record("feed.renewed" if earlier else "feed.issued", address, by=user)
    return address


@transaction.atomic
def revoke(user: User, *, seen: int) -> None:
    """Take the address back. Raises Stale when another one than ``seen`` is in force."""
    address = _locked(user, seen)
    if address:
        record("feed.revoked", address, by=user)
        address.delete()


def _locked(user: User, seen: int) -> FeedAddress | None:
    """The address in force; the person's row is locked, since there may be no address yet."""
    User.objects.select_for_update().get(pk=user.pk)
    address = FeedAddress.objects.filter(user=user).first()
    if (address.pk if address else 0) != seen:
        raise Stale(CHANGED)
    return address
