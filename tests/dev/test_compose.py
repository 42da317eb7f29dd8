import json
import re

import pytest
from django.conf import settings

from tests.dev.compose import FROM_OUTSIDE, PORTAL, ROOT, services

SECRET_NAMES = re.compile("SECRET|PASSWORD|EMAIL_URL")
ONE_OFF = "migrate"


def test_all_processes_of_the_portal_are_there() -> None:
    assert sorted(services()) == [
        "beat", "clamav", "migrate", "postgres", "proxy", "redis", "web", "worker",
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(services()) - {ONE_OFF}))
def test_every_lasting_service_is_watched_and_restarted(name: str) -> None:
    service = services()[name]

    assert service["restart"] == "unless-stopped"
    assert sorted(service["healthcheck"]) in (
        ["interval", "test", "timeout"],
        ["interval", "start_period", "test", "timeout"],
    )


@pytest.mark.parametrize("name", sorted(services()))
def test_no_secret_has_a_default(name: str) -> None:
    environment = services()[name].get("environment", {})

    literal = {
        variable: value
        for variable, value in environment.items()
        if SECRET_NAMES.search(variable) and not FROM_OUTSIDE.fullmatch(value)
    }

    assert literal == {}


def test_no_variable_is_optional_unseen() -> None:
    """Compose turns a plain ``${NAME}`` that nobody set into nothing, and starts."""
    interpolated = set(re.findall(r"\$\{[^}]*\}", json.dumps(services(), ensure_ascii=False)))

    assert {text for text in interpolated if not FROM_OUTSIDE.fullmatch(text)} == set()


@pytest.mark.parametrize("name", PORTAL)
def test_the_portals_containers_can_change_only_their_files(name: str) -> None:
    service = services()[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["volumes"] == ["files:/srv/files"]


def test_data_lives_in_volumes() -> None:
    kept = {name: service["volumes"] for name, service in services().items() if name not in PORTAL}

    assert kept == {
        "postgres": ["postgres:/var/lib/postgresql"],
        "redis": ["redis:/data"],
        "clamav": ["clamav:/var/lib/clamav", "./docker/clamd.conf:/etc/clamav/clamd.conf:ro"],
        "proxy": ["./docker/Caddyfile:/etc/caddy/Caddyfile:ro", "certificates:/data"],
    }


def test_the_scanner_takes_every_file_that_the_portal_takes() -> None:
    lines = (ROOT / "docker" / "clamd.conf").read_text(encoding="utf-8").splitlines()
    limits = dict(line.split() for line in lines if line and not line.startswith("#"))
    url = services()["web"]["environment"]["CLAMAV_URL"]

    assert url == f"tcp://clamav:{limits['TCPSocket']}"
    assert limits["AlertExceedsMax"] == "yes"
    for name in ("StreamMaxLength", "MaxFileSize"):
        assert int(limits[name].removesuffix("M")) * 1024**2 > settings.FILE_MAX_BYTES


def test_the_image_runs_as_nobody_in_particular_and_web_by_default() -> None:
    lines = (ROOT / "docker" / "Dockerfile").read_text(encoding="utf-8").splitlines()

    assert "USER onepublic" in lines
    assert lines[-1] == "CMD " + json.dumps(services()["web"]["command"])
