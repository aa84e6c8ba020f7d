"""A Chromium, and the built site as readers meet it: over http, and unzipped on disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import static_server
from built import Built, built_once, unzipped
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

HERE = Path(__file__).parent
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder: `make test` leaves it out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built_once(tmp_path_factory.getbasetemp(), "real")


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built_once(tmp_path_factory.getbasetemp(), "other")


@pytest.fixture(scope="session")
def on_disk(real: Built, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the offline copy, unzipped: `file:///…/semax-reference-0.1.0`."""
    return unzipped(real, tmp_path_factory.mktemp("unzipped")).as_uri()


@pytest.fixture(scope="session")
def other_on_disk(other: Built, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the other drug's offline copy, unzipped."""
    return unzipped(other, tmp_path_factory.mktemp("unzipped-other")).as_uri()


@pytest.fixture(scope="session")
def served(real: Built) -> Iterator[str]:
    """The address of the website on a local server."""
    with static_server.serving(real.site) as address:
        yield address


@pytest.fixture(params=["on_disk", "served"], ids=["file", "http"])
def address(request: pytest.FixtureRequest) -> str:
    """The address of the site, in each of the two ways to open it."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium that `make test-all` found."""
    chromium = os.environ.get("CHROMIUM")
    if not chromium:
        pytest.fail("CHROMIUM names no browser: run the tests with `make test-all`", pytrace=False)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader without a past, at a desk."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900})
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
