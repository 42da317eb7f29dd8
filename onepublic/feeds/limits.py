"""How often a feed may be asked for: programs that ask every minute, and guessing."""

from django.core.cache import cache

HOUR = 60 * 60
# Outlook, Thunderbird and readers ask once in 5 to 60 minutes, for two feeds, from a few devices.
MOST_PER_ADDRESS = 120
# A prefecture's offices share one network address, and some programs keep asking for addresses
# that were revoked. Only those that find nothing are counted here.
MOST_MISSES_PER_NETWORK = 600


def may_ask(token_hash: str) -> bool:
    """Count one reading of an address; False when there were too many within the hour."""
    return _count(f"feeds:read:{token_hash}") <= MOST_PER_ADDRESS


def may_miss(network: str) -> bool:
    """Count one address that does not exist, asked for from ``network``."""
    return _count(f"feeds:missed:{network}") <= MOST_MISSES_PER_NETWORK


def _count(key: str) -> int:
    if cache.add(key, 1, HOUR):
        return 1
    try:
        return cache.incr(key)
    except ValueError:
        return 1  # the hour has just ended
