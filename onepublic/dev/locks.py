"""Whether the locks agree with each other and with pyproject.toml."""

import re
import tomllib
from pathlib import Path
from typing import Any

from onepublic.dev.console import Refusal

NAME = re.compile(r"[A-Za-z0-9._-]+")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)(?: ; ([^\\]+?))? *\\?$", re.MULTILINE)


def refuse_inconsistent(root: Path) -> None:
    """Raises Refusal naming the first lock that doesn't hold what it must."""
    project = tomllib.loads((root / "pyproject.toml").read_text())
    production = pins(root / "requirements.lock")
    development = pins(root / "requirements-dev.lock")
    groups = project["dependency-groups"]
    _refuse_missing(names(project["project"]["dependencies"]), production, "requirements.lock")
    _refuse_missing(names(group(groups, "dev")), development, "requirements-dev.lock")
    different = {name for name, pin in production.items() if development.get(name) != pin}
    if different:
        raise Refusal(f"二つのロックの版が違います: {', '.join(sorted(different))}（./dev lock）")


def pins(lock: Path) -> dict[str, frozenset[tuple[str, str]]]:
    """For each package its versions, each with the marker that selects it."""
    found: dict[str, frozenset[tuple[str, str]]] = {}
    for name, version, marker in PIN.findall(lock.read_text()):
        found[name] = found.get(name, frozenset()) | {(version, marker)}
    return found


def group(groups: dict[str, Any], name: str) -> list[str]:
    """The requirements of a dependency group and of the groups that it includes."""
    found: list[str] = []
    for entry in groups[name]:
        found += [entry] if isinstance(entry, str) else group(groups, entry["include-group"])
    return found


def names(requirements: list[str]) -> set[str]:
    """Package names as a lock writes them."""
    found = (NAME.match(requirement) for requirement in requirements)
    return {re.sub(r"[-_.]+", "-", match.group()).lower() for match in found if match}


def _refuse_missing(wanted: set[str], lock: dict[str, Any], name: str) -> None:
    missing = sorted(wanted - lock.keys())
    if missing:
        raise Refusal(f"{name} に {', '.join(missing)} がありません。（./dev lock）")
