"""Serves the site at a local address, and opens it again after every edit.

The server is that of MkDocs. The kernel reports edits immediately; MkDocs polls twice a second.
It answers only with what the site publishes, and only requests whose Host header is allowed.
"""

from __future__ import annotations

import html
import logging
import posixpath
import re
import urllib.parse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from publish import hosts, mounts
from publish.mkdocs_livereload import ReloadServer

_LOG = logging.getLogger(__name__)
_OK, _ERROR = "200 OK", "500 Internal Server Error"
_NOT_FOUND = 404
_RELOAD = re.compile(r"/livereload/[0-9]{1,20}/[0-9]{1,20}")
"""The addresses that the script in a page requests to wait for the next edit."""
_NO_FOLDER = "/nonexistent"
POLLING = 1.0  # seconds between two scans of files whose edits the kernel does not report
DELAY = 0.03  # seconds without another edit before the site is opened: editors write in steps
_SEE_TERMINAL = "What went wrong stands on the terminal."

_ERROR_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width"><title>Not shown</title>
<style>body {{ font: 1rem/1.5 system-ui; margin: 2rem }} pre {{ white-space: pre-wrap }}</style>
<body><h1>This cannot be shown</h1>
<p>The page appears again once this problem is solved.</p><pre>{}</pre></body></html>
"""


class Site(Protocol):
    """A site whose pages and files are made when they are requested."""

    def content(self, address: str) -> bytes | None:
        """Return what is published at an address, None where nothing is."""

    def close(self) -> None:
        """Remove what was made."""


@dataclass(frozen=True)
class UserErrors:
    """The exceptions for problems in the watched files, which the user can solve."""

    in_edits: tuple[type[Exception], ...]
    """Those that are shown in place of every page after an edit."""
    at_start: tuple[type[Exception], ...] = ()
    """Those that are shown so from the start; others end the server then."""


class _Nothing:
    """A site that could not be opened yet."""

    def content(self, address: str) -> None:
        """Return that nothing is published."""

    def close(self) -> None:
        """Remove nothing, since nothing was made."""


class AddressError(Exception):
    """No server can listen at an address; the text gives the address and the reason."""


class _Server(ReloadServer):
    """Serves a site, and opens it again when a watched file has changed."""

    def __init__(
        self, open_site: Callable[[], Site], address: str, user_errors: UserErrors
    ) -> None:
        self._host, port = hosts.split(address)
        super().__init__(self._open, self._host, port, root=_NO_FOLDER, shutdown_delay=0.05)
        self._bind(address)
        self._problem: Exception | str | None = None
        self._site: Site = _Nothing()
        try:
            self._site = open_site()
        except user_errors.at_start as error:
            self._problem = error
            _LOG.error(error)
        except BaseException:
            self.server_close()
            raise
        self.build_delay = DELAY
        self.observer = Observer()  # type: ignore[assignment]
        self._open_site, self._user_errors = open_site, user_errors.in_edits
        self._lock = Lock()
        self.error_handler = self._error_page

    def _bind(self, address: str) -> None:
        """Bind to the address before the data is read. Raise AddressError where that fails."""
        try:
            self.server_bind()
        except (OSError, OverflowError, UnicodeError) as error:
            self.server_close()
            why = getattr(error, "strerror", None) or error
            raise AddressError(f"Nothing can listen at {address} ({why})") from None

    def run(self, watched: list[Path]) -> None:
        """Serve until stopped, and open the site again when a watched file changes."""
        try:
            if any(map(mounts.is_remote, watched)):
                raise OSError("another machine may change the files")
            self._start_watching(self.observer, watched)
        except OSError as error:
            print(
                f"Edits are looked for every {POLLING:g} s: {error.strerror or error}.", flush=True
            )
            self.observer.stop()
            self._start_watching(PollingObserver(timeout=POLLING), watched)
        self.serve_and_rebuild()

    def _start_watching(self, observer: Any, watched: list[Path]) -> None:
        self.observer = observer
        for path in watched:
            self.watch(str(path.resolve()), recursive=path.is_dir())
        observer.start()

    def _open(self) -> None:
        """Open the site again; a problem is shown in place of every page until the next edit."""
        with self._lock:
            self._problem = _SEE_TERMINAL  # for an exception that is not a user error
            before = self._site
            try:
                self._site, self._problem = self._open_site(), None
                before.close()
            except self._user_errors as error:
                self._problem = error
                _LOG.error(error)
            finally:
                self.reload_browsers()  # they show the new page, or the problem

    def close(self) -> None:
        """Stop the server after the page that is being made; no other page is made afterwards."""
        self.shutdown()
        self._lock.acquire()

    def respond(self, environ: Any, start_response: Any) -> Iterable[bytes] | None:
        """Return what is published at an address, to a host that may read it."""
        if not hosts.is_allowed(environ.get("HTTP_HOST"), self._host):
            start_response("403 Forbidden", [("Content-Type", "text/plain")])
            return [b"This preview is not for the host that the request names.\n"]
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if _RELOAD.fullmatch(path):
            return self.wait_for_edit(environ, start_response)
        # With the leading slash, `..` cannot lead out of the site.
        path = f"{path}index.html" if path.endswith("/") else path
        address = posixpath.normpath(f"/{path.lstrip('/')}")
        status, content = self._answer(address)
        if content is None:
            if self._answer(f"{address}/index.html")[1] is None:
                return None
            start_response("302 Found", [("Location", urllib.parse.quote(f"{address}/"))])
            return []
        media_type = self.media_type(address) if status == _OK else "text/html"
        length = str(len(content))
        start_response(status, [("Content-Type", media_type), ("Content-Length", length)])
        return [content]

    def _answer(self, address: str) -> tuple[str, bytes | None]:
        """Return the status and the content for an address, or the problem as a page.

        A page gets the script that reloads it, with the number of the site that it was made of:
        an edit in between gives the next site another number, so the page is loaded again.
        """
        with self._lock:
            problem = self._problem
            try:
                content = None if problem else self._site.content(address.lstrip("/"))
            except self._user_errors as error:
                problem = error
                _LOG.error(problem)
            if problem:
                return _ERROR, self.with_reloading(_problem_page(problem))
            is_page = content is not None and address.endswith(".html")
            if content and is_page:
                content = self.with_reloading(content)
            return _OK, content

    def _error_page(self, code: int) -> bytes | None:
        """Return the page for an address without content, or for an exception while serving."""
        if code == _NOT_FOUND:
            return self._answer(f"/{_NOT_FOUND}.html")[1]
        with self._lock:
            return self.with_reloading(_problem_page(_SEE_TERMINAL))


def _problem_page(problem: Exception | str) -> bytes:
    return _ERROR_PAGE.format(html.escape(str(problem))).encode()


def serve(
    open_site: Callable[[], Site], address: str, watched: list[Path], user_errors: UserErrors
) -> None:
    """Serve a site until stopped, and open it again when a watched file changes.

    A user error is printed, and shown in place of every page until it is solved; at the start only
    one that may be. Raise the others then, and AddressError where no server can listen there.
    """
    server = _Server(open_site, address, user_errors)
    try:
        server.run(watched)
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
