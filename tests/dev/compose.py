"""docker-compose.yml as the tests read it."""

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
PORTAL = ("web", "worker", "beat", "migrate")
FROM_OUTSIDE = re.compile(r"\$\{(\w+):\?[^}]*\}")


def services() -> dict[str, dict[str, Any]]:
    """Every service by name, anchors and merges resolved."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(
        (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    )["services"]
    return found
