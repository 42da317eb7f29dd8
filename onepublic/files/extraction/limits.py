"""How much reading one file may take."""

CPU_SECONDS = 60
WALL_SECONDS = 90
MEMORY_BYTES = 1024 * 1024**2
MOST_CHARACTERS = 300_000
"""Some 300 pages; what lies beyond is not found."""

LOCKED = 3
"""The exit code of the child for a file with a password."""
