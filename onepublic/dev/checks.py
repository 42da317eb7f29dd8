"""``./dev check``: every tool that keeps the house in order, one line each."""

import argparse
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from onepublic.dev import locks
from onepublic.dev.console import Refusal, say

PRODUCTION = {
    "ONEPUBLIC_MODE": "production",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "ALLOWED_HOSTS": "portal.example",
    "PORTAL_URL": "https://portal.example",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "MAIL_FROM": "no-reply@portal.example",
    "CLAMAV_URL": "tcp://127.0.0.1:1",
}


@dataclass
class Check:
    """A command that succeeds when all is well, run with ``settings`` over our environment."""

    name: str
    command: list[str | Path]
    settings: Mapping[str, str] = field(default_factory=dict)


def run(root: Path, _: argparse.Namespace) -> int:
    """Run all checks, also after one has failed; 1 when any has."""
    results = [_passes(check, root) for check in all_checks(root)]
    results.append(_locks_agree(root))
    say("すべて合格です。" if all(results) else "不合格の検査があります。")
    return 0 if all(results) else 1


def all_checks(root: Path) -> list[Check]:
    """The checks that are commands, the quick ones first."""
    programs = Path(sys.executable).parent
    manage: list[str | Path] = [sys.executable, root / "manage.py"]
    test = {"ONEPUBLIC_MODE": "test"}
    templates = sorted(root.glob("templates/**/*.html"))
    deploy = ["check", "--deploy", "--fail-level", "WARNING"]
    return [
        Check("ruff check", [programs / "ruff", "check", "--quiet", "."]),
        Check("ruff format", [programs / "ruff", "format", "--check", "--quiet", "."]),
        Check("djade", [programs / "djade", "--check", "--target-version", "5.2", *templates]),
        Check("lint-imports", [programs / "lint-imports", "--no-logo"]),
        Check("migrations", [*manage, "makemigrations", "--check", "--dry-run"], test),
        Check("linear migrations", [*manage, "check", "--tag", "models"], test),
        Check("check --deploy", [*manage, *deploy], PRODUCTION | {"SECRET_KEY": _some_key()}),
        Check("mypy", [programs / "mypy", "."], test),
    ]


def _passes(check: Check, root: Path) -> bool:
    started = time.monotonic()
    answer = subprocess.run(
        check.command,
        cwd=root,
        env={**os.environ, **check.settings},
        capture_output=True,
        text=True,
        check=False,
    )
    passed = answer.returncode == 0
    _say_result(check.name, passed=passed, seconds=time.monotonic() - started)
    if not passed:
        say(f"{answer.stdout}{answer.stderr}")
    return passed


def _locks_agree(root: Path) -> bool:
    started = time.monotonic()
    try:
        locks.refuse_inconsistent(root)
    except Refusal as refusal:
        _say_result("locks", passed=False, seconds=time.monotonic() - started)
        say(str(refusal))
        return False
    _say_result("locks", passed=True, seconds=time.monotonic() - started)
    return True


def _say_result(name: str, *, passed: bool, seconds: float) -> None:
    say(f"{'✓' if passed else '✗'} {name:<18} {seconds:5.1f}秒")


def _some_key() -> str:
    return secrets.token_urlsafe(64)
