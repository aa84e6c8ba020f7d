"""Visits to pages: which there are, and what a visit gives rise to."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, Request, Response


@dataclass
class Heard:
    """What a page asked for and complained about."""

    home: str
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Note every request that leaves home, every error, and every request that failed."""
        page.on("request", self._on_request)
        page.on("console", lambda said: self._said(said.type, said.text))
        page.on("pageerror", lambda error: self._said("error", str(error)))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def _on_request(self, request: Request) -> None:
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
    return [uri for uri in found if uri != "404.html" and not uri.startswith("download/")]


def one_of_each_kind(site: Path) -> list[str]:
    """Every list page, and the first page of a record in each folder."""
    loaded: list[str] = []
    folders: set[str] = set()
    for uri in pages_of(site):
        folder, _, name = uri.rpartition("/")
        is_record = (site / "data/v1").is_dir() and any(
            (site / "data/v1" / kind / name.replace(".html", ".json")).exists()
            for kind in (folder, "regimens")
        )
        if not is_record or folder not in folders:
            loaded.append(uri)
        if is_record:
            folders.add(folder)
    return loaded
