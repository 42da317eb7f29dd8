"""Stored files of a test go to a folder of its own."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def files_root(settings: Settings, tmp_path: Path) -> Path:
    """The folder of stored files, empty at the start."""
    root = tmp_path / "files"
    settings.STORAGES = settings.STORAGES | {
        "stored_files": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": root, "base_url": None},
        }
    }
    return root
