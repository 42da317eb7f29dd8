"""The country of the matrix, for pages looked at in a browser."""

import pytest

from tests.matrix.world import World, build_world


@pytest.fixture
def world(db: None) -> World:
    return build_world()
