"""A Chromium, and the built site as readers meet it: over http, and unzipped on disk."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from built import Built, built_once, unzipped
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


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


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def served(real: Built) -> Iterator[str]:
    """The address of the website on a local server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=real.site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(params=["on_disk", "served"], ids=["file", "http"])
def address(request: pytest.FixtureRequest) -> str:
    """The address of the site, in each of the two ways to open it."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium that `make test` found."""
    chromium = os.environ.get("CHROMIUM")
    if not chromium:
        pytest.fail("CHROMIUM names no browser: run the tests with `make test`", pytrace=False)
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


@dataclass
class Heard:
    """What a page asked for and complained about."""

    home: str
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Note every request that leaves home, every error, and every request that failed."""
        page.on("request", self._asked)
        page.on("console", lambda said: self._said(said.type, said.text))
        page.on("pageerror", lambda error: self._said("error", str(error)))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:", "about:")):
            self.strangers.append(request.url)

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the page was left before it had all
            self.complaints.append(f"{request.failure}: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)


def pages_of(site: Path) -> list[str]:
    """The address of every page of a built site, from its root."""
    found = (path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html")))
    return [uri for uri in found if uri != "404.html"]


def one_of_each_kind(site: Path) -> list[str]:
    """Every list page, and the first page of a record in each folder."""
    kept: list[str] = []
    folders: set[str] = set()
    for uri in pages_of(site):
        folder, _, name = uri.rpartition("/")
        is_record = (site / "data/v1").is_dir() and any(
            (site / "data/v1" / kind / name.replace(".html", ".json")).exists()
            for kind in (folder, "regimens")
        )
        if not is_record or folder not in folders:
            kept.append(uri)
        if is_record:
            folders.add(folder)
    return kept
