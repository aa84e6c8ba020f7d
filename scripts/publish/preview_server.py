"""Edge: shows the site at a local address; after every edit, pages are made anew as they are asked.

The server is MkDocs' own; the kernel tells it of edits at once, where MkDocs looks twice a second.
It answers with what the site publishes and with nothing else, and only to whoever names it rightly.
"""

from __future__ import annotations

import html
import logging
import posixpath
import re
import urllib.parse
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from mkdocs.livereload import LiveReloadServer
from watchdog import events
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from publish import hosts, mounts

_SAID = logging.getLogger(__name__)
_FOUND, WRONG_ADDRESS = "200 OK", 404
_RELOAD = re.compile(r"/livereload/[0-9]{1,20}/[0-9]{1,20}")
"""The addresses at which a page waits for the next edit."""
_NO_FOLDER = "/nonexistent"
POLLING = 1.0  # seconds between two looks at files of which the kernel tells nothing
_ON_THE_TERMINAL = "What went wrong stands on the terminal."
AFTER_AN_EDIT = 0.03  # seconds without another one, since an editor writes a file in steps
_EDITS: list[type[events.FileSystemEvent]] = [
    events.FileCreatedEvent,
    events.FileModifiedEvent,
    events.FileMovedEvent,
    events.FileDeletedEvent,
]


_SLIP = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width"><title>Not shown</title>
<style>body {{ font: 1rem/1.5 system-ui; margin: 2rem }} pre {{ white-space: pre-wrap }}</style>
<body><h1>This cannot be shown</h1>
<p>The page comes back once what stands here is mended.</p><pre>{}</pre></body></html>
"""


class Shown(Protocol):
    """A site of which a page or file is made when it is asked for."""

    def content(self, address: str) -> bytes | None:
        """What is published at an address, if anything is."""

    def close(self) -> None:
        """Remove what was made."""


Slips = tuple[type[Exception], ...]
"""What a person can mend in the files that are watched."""


class NoAddress(Exception):
    """Nothing can listen at an address; the text says which and why."""


class _Server(LiveReloadServer):
    """Serves a site; opens it anew when a file that it watches has changed."""

    def __init__(self, opened: Callable[[], Shown], address: str, slips: Slips) -> None:
        self._host, port = hosts.split(address)
        super().__init__(self._open, self._host, port, root=_NO_FOLDER, shutdown_delay=0.05)
        self._bind(address)
        try:
            self._shown = opened()
        except BaseException:
            self.server_close()
            raise
        self.build_delay = AFTER_AN_EDIT
        self.observer = Observer()  # type: ignore[assignment]
        self._opened, self._slips = opened, slips
        self._one_at_a_time = Lock()
        self.error_handler = self._instead
        self._slip: Exception | str | None = None

    def _bind(self, address: str) -> None:
        """Take the address, before anything is read. Raise NoAddress where it cannot be had."""
        try:
            self.server_bind()
        except (OSError, OverflowError, UnicodeError) as error:
            self.server_close()
            why = getattr(error, "strerror", None) or error
            raise NoAddress(f"Nothing can listen at {address} ({why})") from None

    def run(self, watched: list[Path]) -> None:
        """Serve until stopped, and open the site anew when what is watched changes."""
        try:
            if any(map(mounts.is_remote, watched)):
                raise OSError("another machine may change the files")
            self._watch_by(self.observer, watched)
        except OSError as error:
            print(
                f"Edits are looked for every {POLLING:g} s: {error.strerror or error}.", flush=True
            )
            self.observer.stop()
            self._watch_by(PollingObserver(timeout=POLLING), watched)
        self.server_activate()
        self.serve_thread.start()
        self._build_loop()  # type: ignore[no-untyped-call]

    def _watch_by(self, observer: Any, watched: list[Path]) -> None:
        self.observer = observer
        for path in watched:
            self.watch(str(path.resolve()), recursive=path.is_dir())
        observer.start()

    def _open(self) -> None:
        with self._one_at_a_time:
            self._slip = _ON_THE_TERMINAL  # where nothing else is known of what stops it
            before = self._shown
            try:
                self._shown, self._slip = self._opened(), None
                before.close()
            except self._slips as slip:
                self._slip = slip
                _SAID.error(slip)
            finally:
                self._reload()

    def _reload(self) -> None:
        """Have browsers load their page again: it is another, or tells why it is not."""
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch
            self._epoch_cond.notify_all()

    def close(self) -> None:
        """End it, and wait for the page that is being made; no other is made after."""
        self.shutdown()
        self._one_at_a_time.acquire()

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Watch a folder or a file for edits; that it is read is none."""
        handler = events.FileSystemEventHandler()
        handler.on_any_event = self._edited  # type: ignore[method-assign]
        self._watched_paths[path] = 1
        self._watch_refs[path] = self.observer.schedule(
            handler, path, recursive=recursive, event_filter=_EDITS
        )

    def _edited(self, event: events.FileSystemEvent) -> None:
        with self._rebuild_cond:
            self._want_rebuild = True
            self._rebuild_cond.notify_all()

    def _serve_request(self, environ: Any, start_response: Any) -> Iterable[bytes] | None:
        if not hosts.is_allowed(environ.get("HTTP_HOST"), self._host):
            start_response("403 Forbidden", [("Content-Type", "text/plain")])
            return [b"This preview is not for the host that the request names.\n"]
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if _RELOAD.fullmatch(path):
            return super()._serve_request(environ, start_response)
        # A name without a stroke before it would lead out of the site, or of the machine's root.
        named = f"{path}index.html" if path.endswith("/") else path
        address = posixpath.normpath(f"/{named.lstrip('/')}")
        status, content = self._found(address)
        if content is None:
            if self._found(f"{address}/index.html")[1] is None:
                return None
            start_response("302 Found", [("Location", urllib.parse.quote(f"{address}/"))])
            return []
        type_of_it = self._guess_type(address) if status == _FOUND else "text/html"  # type: ignore[no-untyped-call]
        length = str(len(content))
        start_response(status, [("Content-Type", type_of_it), ("Content-Length", length)])
        return [content]

    def _found(self, address: str) -> tuple[str, bytes | None]:
        """What to send for an address: what stands there, or why it cannot be shown.

        A page comes with what loads it again after an edit; one that is made before the edit
        must not take the new site's number.
        """
        with self._one_at_a_time:
            slip = self._slip
            try:
                content = None if slip else self._shown.content(address.lstrip("/"))
            except self._slips as error:
                slip = error
                _SAID.error(slip)
            if slip:
                return "500 Internal Server Error", self._reloading(_told(slip))
            is_page = content is not None and address.endswith(".html")
            return _FOUND, self._reloading(content) if content and is_page else content

    def _instead(self, code: int) -> bytes | None:
        """What stands in place of a page that is not there, or that something stopped."""
        if code == WRONG_ADDRESS:
            return self._found(f"/{WRONG_ADDRESS}.html")[1]
        with self._one_at_a_time:
            return self._reloading(_told(_ON_THE_TERMINAL))

    def _reloading(self, page: bytes) -> bytes:
        """A page with what loads it again once the site has another number than now."""
        epoch = self._visible_epoch
        content: bytes = self._inject_js_into_html(page, epoch)  # type: ignore[no-untyped-call]
        return content


def _told(slip: Exception | str) -> bytes:
    return _SLIP.format(html.escape(str(slip))).encode()


def serve(opened: Callable[[], Shown], address: str, watched: list[Path], slips: Slips) -> None:
    """Serve a site until stopped; open it anew when what is watched changes.

    A slip when it is first opened is raised, since there is nothing to show yet; a later one is
    told on the terminal and shown in place of the page, until it is mended. Raise NoAddress where
    the address cannot be had.
    """
    server = _Server(opened, address, slips)
    try:
        server.run(watched)
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
