"""What production refuses to start with, and what it starts with but not silently."""

import logging

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from accounts.models import User
from onepublic.files.checks import NO_SCANNER

log = logging.getLogger(__name__)


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


def warn_without_scanner() -> None:
    """Say in the log of the web server what ``manage.py check`` says on a console."""
    if settings.PRODUCTION and not settings.CLAMAV_URL:
        log.warning("%s %s", NO_SCANNER.msg, NO_SCANNER.hint)
