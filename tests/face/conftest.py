"""The country of the matrix, for pages looked at in a browser."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.matrix.world import World, build_world


@pytest.fixture
def world(db: None, settings: Settings, tmp_path: Path) -> World:
    """Its files lie in a folder of the test."""
    stored = {**settings.STORAGES["stored_files"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "stored_files": stored}
    return build_world()
