"""Edge: shows the site at a local address, and builds it anew at every edit.

The server is MkDocs' own; the kernel tells it of edits at once, where MkDocs looks twice a second.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from watchdog import events
from watchdog.observers import Observer

AFTER_AN_EDIT = 0.03  # seconds without another one, since an editor writes a file in steps
_EDITS: list[type[events.FileSystemEvent]] = [
    events.FileCreatedEvent,
    events.FileModifiedEvent,
    events.FileMovedEvent,
    events.FileDeletedEvent,
]


class _Server(LiveReloadServer):
    """Serves a folder, and calls the builder when a file that it watches has changed."""

    def __init__(self, builder: Callable[[], None], address: str, folder: Path) -> None:
        host, _, port = address.rpartition(":")
        super().__init__(builder, host, int(port), str(folder), shutdown_delay=0.05)
        self.build_delay = AFTER_AN_EDIT
        self.observer = Observer()  # type: ignore[assignment]

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


Build = Callable[[Path], None]
Slips = tuple[type[Exception], ...]


def _rebuild(build: Build, folder: Path, slips: Slips) -> None:
    """Build anew. Raises Abort, after which the server goes on, for what a person can mend."""
    try:
        build(folder)
    except slips as slip:
        raise Abort(f"{slip}\nThe page waits until this is mended.") from None


def serve(build: Build, address: str, watched: list[Path], slips: Slips) -> None:
    """Build into a folder and serve it until stopped; build anew when what is watched changes.

    A slip in a first build is raised, since there is nothing to show yet; one in a later build is
    told on the terminal, and the page stays as it was.
    """
    with tempfile.TemporaryDirectory(prefix="preview-") as name:
        folder = Path(name)
        build(folder)
        server = _Server(lambda: _rebuild(build, folder, slips), address, folder)
        for path in watched:
            server.watch(str(path.resolve()), recursive=path.is_dir())
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            pass
        finally:
            server.shutdown()
