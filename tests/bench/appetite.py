"""Work with a known hunger for memory."""


def nothing() -> None:
    """Hold nothing."""


def sixty_megabytes() -> None:
    """Hold 60 MB for a moment."""
    bytearray(b"x") * (60 * 1024 * 1024)
