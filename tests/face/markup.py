"""The HTML standard's own parse errors, as a strict parser meets them."""

from justhtml import JustHTML


def parse_errors(html: str) -> list[str]:
    """Each error as ``line: code``: what is unclosed, misplaced, unknown and so on."""
    document = JustHTML(html, collect_errors=True, sanitize=False)
    return [f"{error.line}: {error.code}" for error in document.errors]
