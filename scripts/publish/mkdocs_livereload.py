"""The preview server of MkDocs 1.6: its names that are overridden or private.

- `LiveReloadServer.watch`: the file events are chosen here, and reading a file is none of them.
- `._serve_request`: `ReloadServer.respond` answers instead, without files from a folder.
- `._watched_paths`, `._watch_refs`, `._want_rebuild`, `._rebuild_cond`, `._build_loop`: a rebuild
  after an edit.
- `._visible_epoch`, `._wanted_epoch`, `._epoch_cond`, `._inject_js_into_html`: a browser loads its
  page again.
- `._guess_type`: the media type of an address.

All are of `mkdocs.livereload`. `tests/publish/test_preview_server.py` fails when one of them moves.
Builds do not import this module: it takes 20 ms.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog import events

_EDITS: list[type[events.FileSystemEvent]] = [
    events.FileCreatedEvent,
    events.FileModifiedEvent,
    events.FileMovedEvent,
    events.FileDeletedEvent,
]


class ReloadServer(LiveReloadServer):
    """MkDocs' server, which rebuilds after an edit and has browsers load their page again."""

    def respond(self, environ: Any, start_response: Any) -> Iterable[bytes] | None:
        """Return the answer to a request, None where there is no such address."""
        raise NotImplementedError

    def _serve_request(self, environ: Any, start_response: Any) -> Iterable[bytes] | None:
        return self.respond(environ, start_response)

    def wait_for_edit(self, environ: Any, start_response: Any) -> Iterable[bytes] | None:
        """Return the answer to the script of a page, once there is a newer page or time is up."""
        return super()._serve_request(environ, start_response)

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Watch a folder or a file for edits; reading it is not an edit."""
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

    def serve_and_rebuild(self) -> None:
        """Serve at the bound address until stopped, and rebuild after each edit."""
        self.server_activate()
        self.serve_thread.start()
        self._build_loop()  # type: ignore[no-untyped-call]

    def reload_browsers(self) -> None:
        """Have browsers load their page again."""
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch
            self._epoch_cond.notify_all()

    def with_reloading(self, page: bytes) -> bytes:
        """Return a page with the script that loads it again once there is a newer site."""
        epoch = self._visible_epoch
        content: bytes = self._inject_js_into_html(page, epoch)  # type: ignore[no-untyped-call]
        return content

    def media_type(self, address: str) -> str:
        """Return the media type of what is published at an address."""
        guessed: str = self._guess_type(address)  # type: ignore[no-untyped-call]
        return guessed
