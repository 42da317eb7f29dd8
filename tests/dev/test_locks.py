from pathlib import Path

import pytest

from onepublic.dev import locks
from onepublic.dev.console import Refusal

PROJECT = """\
[project]
dependencies = ["Django_Thing[extra]>=5,<6"]
[dependency-groups]
embedded = ["uv>=1"]
dev = [{ include-group = "embedded" }, "pytest"]
"""
PRODUCTION = "django-thing==5.1 \\\n    --hash=sha256:aa\n"
DEVELOPMENT = PRODUCTION + "pytest==9 \\\n    --hash=sha256:bb\nuv==1.2 \\\n    --hash=sha256:cc\n"


def write(root: Path, *, production: str = PRODUCTION, development: str = DEVELOPMENT) -> None:
    (root / "pyproject.toml").write_text(PROJECT)
    (root / "requirements.lock").write_text(production)
    (root / "requirements-dev.lock").write_text(development)


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_no_lock_names_the_address_of_an_index(name: str) -> None:
    lock = Path(__file__).resolve().parents[2] / name

    assert [line for line in lock.read_text().splitlines() if "://" in line] == []


def test_agreeing_locks_pass(tmp_path: Path) -> None:
    write(tmp_path)

    locks.refuse_inconsistent(tmp_path)

    assert locks.pins(tmp_path / "requirements.lock") == {"django-thing": frozenset({("5.1", "")})}


def test_one_package_may_have_a_version_per_marker(tmp_path: Path) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text(
        "magic==1 ; python_full_version < '3.12' \\\n    --hash=sha256:aa\n"
        "magic==2 ; python_full_version >= '3.12' \\\n    --hash=sha256:bb\n"
    )

    assert locks.pins(lock) == {
        "magic": frozenset(
            {("1", "python_full_version < '3.12'"), ("2", "python_full_version >= '3.12'")}
        )
    }


@pytest.mark.parametrize(
    ("production", "development", "sentence"),
    [
        ("", DEVELOPMENT, "requirements.lock に django-thing がありません"),
        (PRODUCTION, PRODUCTION, "requirements-dev.lock に pytest, uv がありません"),
        (PRODUCTION.replace("5.1", "5.2"), DEVELOPMENT, "版が違います: django-thing"),
    ],
)
def test_each_disagreement_is_named(
    tmp_path: Path, production: str, development: str, sentence: str
) -> None:
    write(tmp_path, production=production, development=development)

    with pytest.raises(Refusal, match=sentence):
        locks.refuse_inconsistent(tmp_path)
