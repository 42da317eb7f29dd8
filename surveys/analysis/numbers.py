"""How the figures of an analysis are written."""


def plain(number: float, places: int = 2) -> str:
    """``1,234.5``: to so many decimals at most, without zeros at the end."""
    text = f"{number:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(part: float) -> str:
    """``56.2%`` for 0.562."""
    return f"{100 * part:.1f}%"
