"""A host of static sites: below a path, with a page for wrong addresses, and with its own ways."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit

Alter = Callable[[str, bytes], bytes]
"""What a host makes of a file on its way, by the file's name and content."""


@contextmanager
def hosting(
    folder: Path, path: str = "/", alter: Alter = lambda name, content: content
) -> Iterator[str]:
    """The address of a built site below a path of a host, for as long as it is served."""
    handler = partial(_Host, folder, path, alter)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{path}"
        finally:
            server.shutdown()


class _Host(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, folder: Path, path: str, alter: Alter, *rest: object) -> None:
        self._folder, self._path, self._alter = folder, path, alter
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        found = self._folder / path.removeprefix(self._path)
        if path.startswith(self._path) and found.is_dir():
            found /= "index.html"
        if path.startswith(self._path) and found.is_file():
            self._send(200, found)
        else:
            self._send(404, self._folder / "404.html")

    do_HEAD = do_GET

    def _send(self, status: int, file: Path) -> None:
        content = self._alter(file.name, file.read_bytes())
        self.send_response(status)
        self.send_header("Content-Type", guess_type(file.name)[0] or "application/octet-stream")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
