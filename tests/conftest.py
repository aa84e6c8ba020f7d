"""Fixtures that the tests share; `sound.py` has what they are made of.

Tests import helpers from `sound`: two files are called conftest.py, and only one can be imported.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from sound import replace, sound_folder, write

from sitegen import read_site
from sitegen.model import Site

__all__ = ["replace", "write"]  # for tests that still take them from here

# The cache of a run is removed with it, since its keys name folders of that run.
_cache = tempfile.TemporaryDirectory(prefix="cache-", ignore_cleanup_errors=True)
os.environ.setdefault("CACHE_DIR", _cache.name)

_MEMORY = Path("/dev/shm")
_ROOM = 8_000_000_000
# Folders of tests lie in memory where there is room: a run writes 110,000 files, each for a moment.
if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))

# The same examples in every run, so that a failure never comes and goes; no time limit per
# example, so that a busy machine is not a failure.
settings.register_profile("project", derandomize=True, deadline=None, max_examples=100)
settings.load_profile("project")


SLOW_FIXTURES = {"real", "poisoned"}
"""The website of `data/`, and the two sites with and without markup in every text."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of what takes long to build as slow.

    The first tier tests the pages of `data/` as Markdown, the website of the other drug, and one
    folder with markup in every text.
    """
    for item in items:
        if SLOW_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A sound data folder, to change one thing in."""
    return sound_folder(tmp_path)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of the sound data folder."""
    return read_site(sound_folder(tmp_path_factory.mktemp("sound")))
