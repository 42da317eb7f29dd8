"""State tables: which state may follow which."""

from collections.abc import Mapping

from onepublic.core.errors import Stale


def ensure_transition(
    table: Mapping[str, frozenset[str]], current: str, target: str, *, what: str
) -> None:
    """Return when ``current`` may become ``target``; otherwise raise :class:`Stale`.

    ``what`` names the object in the message, such as 「この通知」.
    """
    if target not in table.get(current, frozenset()):
        raise Stale(
            f"{what}の状態が変わっているため、この操作はできません。画面を開き直してください。"
        )
