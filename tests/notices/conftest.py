"""Stored files of these tests live and end with the test."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def files_in_a_folder_of_the_test(tmp_path: Path, settings: Settings) -> None:
    changed = {**settings.STORAGES["stored_files"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "stored_files": changed}
