"""Edge: shows the site at a local address; after every edit, pages are made anew as they are asked.

The server is MkDocs' own; the kernel tells it of edits at once, where MkDocs looks twice a second.
"""

from __future__ import annotations

import html
import logging
import posixpath
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from mkdocs.livereload import LiveReloadServer
from watchdog import events
from watchdog.observers import Observer

_SAID = logging.getLogger(__name__)
_FOUND = "200 OK"
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


Slips = tuple[type[Exception], ...]
"""What a person can mend in the files that are watched."""


class _Server(LiveReloadServer):
    """Serves a site; opens it anew when a file that it watches has changed."""

    def __init__(self, opened: Callable[[], Shown], address: str, slips: Slips) -> None:
        host, _, port = address.rpartition(":")
        super().__init__(self._open, host, int(port), root=".", shutdown_delay=0.05)
        self.build_delay = AFTER_AN_EDIT
        self.observer = Observer()  # type: ignore[assignment]
        self._opened, self._slips = opened, slips
        self._one_at_a_time = Lock()
        self._shown = opened()
        self._slip: Exception | None = None

    def _open(self) -> None:
        with self._one_at_a_time:
            try:
                self._shown, self._slip = self._opened(), None
            except self._slips as slip:
                self._slip = slip
                _SAID.error(slip)

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
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith("/livereload/"):
            return super()._serve_request(environ, start_response)
        address = posixpath.normpath(f"{path}index.html" if path.endswith("/") else path)
        status, content = self._answer(address.lstrip("/"))
        if content is None:
            return None
        type_of_it = self._guess_type(address) if status == _FOUND else "text/html"  # type: ignore[no-untyped-call]
        length = str(len(content))
        start_response(status, [("Content-Type", type_of_it), ("Content-Length", length)])
        return [content]

    def _answer(self, address: str) -> tuple[str, bytes | None]:
        """What to send for an address; a page comes with what reloads it after an edit."""
        with self._one_at_a_time:
            status, content = self._found(address)
            if content is not None and (address.endswith(".html") or status != _FOUND):
                content = self._inject_js_into_html(content, self._visible_epoch)  # type: ignore[no-untyped-call]
            return status, content

    def _found(self, address: str) -> tuple[str, bytes | None]:
        slip = self._slip
        if slip is None:
            try:
                return _FOUND, self._shown.content(address)
            except self._slips as error:
                slip = error
                _SAID.error(slip)
        return "500 Internal Server Error", _SLIP.format(html.escape(str(slip))).encode()


def serve(opened: Callable[[], Shown], address: str, watched: list[Path], slips: Slips) -> None:
    """Serve a site until stopped; open it anew when what is watched changes.

    A slip when it is first opened is raised, since there is nothing to show yet; a later one is
    told on the terminal and shown in place of the page, until it is mended.
    """
    server = _Server(opened, address, slips)
    for path in watched:
        server.watch(str(path.resolve()), recursive=path.is_dir())
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()
