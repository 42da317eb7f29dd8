"""What production refuses to start with."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from accounts.models import User


def refuse_demo_accounts() -> None:
    """Raises ImproperlyConfigured when production would open a database with demo accounts.

    A database that can't be asked yet (not migrated, not up) is left to the health check.
    """
    if not settings.PRODUCTION:
        return
    try:
        found = User.objects.filter(is_demo=True).exists()
    except DatabaseError:
        return
    if found:
        raise ImproperlyConfigured("This database holds demo accounts: production won't open it")
