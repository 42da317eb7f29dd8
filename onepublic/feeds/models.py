"""The secret address under which a person's programs read without signing in."""

import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "onepublic.feeds"


def hashed(token: str) -> str:
    """What is kept of a token: found by an index, and of no use to whoever reads the database."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_seed() -> str:
    return secrets.token_hex(32)


class FeedAddressQuerySet(models.QuerySet["FeedAddress"]):
    def behind(self, token: str) -> "FeedAddress | None":
        """The address with this token, of a person who may sign in; its hash is looked up, so
        that the time of an answer tells nothing about other tokens.
        """
        found = self.filter(token_hash=hashed(token), user__is_active=True)
        return found.select_related("user").first()


class FeedAddress(models.Model):
    """One address of a person. Renewing makes a new row, so that its key tells the old page's
    address from the new one.

    The token is made from ``seed`` and the server's secret: the person can see it again, but a
    copy of the database does not hold it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="利用者",
        on_delete=models.PROTECT,
        related_name="feed_address",
    )
    seed = models.CharField(max_length=64, default=new_seed, editable=False)
    token_hash = models.CharField("アドレスの照合値", max_length=64, unique=True)
    created_at = models.DateTimeField("発行日時", db_default=Now(), editable=False)

    objects = FeedAddressQuerySet.as_manager()

    class Meta:
        verbose_name = "フィードのアドレス"

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def token(self) -> str:
        """The secret part of the address, 64 hexadecimal digits."""
        return salted_hmac(_SALT, self.seed, algorithm="sha256").hexdigest()

    @property
    def is_lost(self) -> bool:
        """Whether the server's secret has changed since: the address works, but can't be shown."""
        return not constant_time_compare(hashed(self.token), self.token_hash)
