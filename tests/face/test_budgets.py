"""What a page brings to the browser: little, under names that never change their content."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

ROOT = Path(__file__).resolve().parents[2]
STYLES = [ROOT / "static/vendor/dads/tokens.css", *(ROOT / "static/css").rglob("*.css")]
HTMX = "django_htmx/htmx-2.min.js"
CSS_BYTES = 30_000
JS_BYTES = 40_000
FOR_EVER = "max-age=315360000, public, immutable"


def _compressed(files: list[Path]) -> int:
    return sum(len(gzip.compress(file.read_bytes())) for file in files)


def test_styles_keep_their_budget() -> None:
    assert 1_000 < _compressed(STYLES) < CSS_BYTES


def test_scripts_keep_their_budget_htmx_included() -> None:
    htmx = find(HTMX)
    assert isinstance(htmx, str)

    size = _compressed([Path(htmx), *(ROOT / "static/js").glob("*.js")])

    assert 1_000 < size < JS_BYTES


@pytest.mark.django_db
def test_files_of_a_page_are_hashed_compressed_and_kept_for_ever(
    settings: Settings, tmp_path: Path
) -> None:
    backend = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    settings.STORAGES = {**settings.STORAGES, "staticfiles": backend}
    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client(headers={"accept-encoding": "gzip"})
    page = client.get("/accounts/login/").content.decode()
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)

    answers = {address: client.get(address) for address in addresses}

    assert len(addresses) > 20
    assert [a for a in addresses if not re.search(r"\.[0-9a-f]{12}\.\w+$", a)] == []
    for answer in answers.values():
        assert answer.headers["Cache-Control"] == FOR_EVER
        answer.close()
    compressed = {a for a, answer in answers.items() if "Content-Encoding" in answer.headers}
    small = {address for address in addresses if (tmp_path / address[8:]).stat().st_size < 700}
    assert set(addresses) - compressed <= small
