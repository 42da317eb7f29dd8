"""When a page was shown: what came in afterwards is nothing that its reader has decided on."""

from datetime import UTC, datetime


def shown_at(text: str) -> datetime | None:
    """The moment that a page of ours sends back; None for what no page of ours sends."""
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
