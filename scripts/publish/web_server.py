"""What a web server needs beside the pages: packed copies of the files, and their policies.

A packed copy is named as nginx's `gzip_static` looks for it. The policies are a `map` of nginx's.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Mapping

from publish.csp import SERVER_RULES, read_policy, server_policy
from sitegen.addresses import DOWNLOADS

PACKED = frozenset(
    {".bib", ".css", ".csv", ".html", ".js", ".json", ".jsonld", ".map", ".ris", ".svg", ".txt"}
    | {".xml"}
)


def packed(content: bytes) -> bytes:
    """The content in the format of RFC 1952, without a name or a date: same content, same bytes."""
    written = io.BytesIO()
    with gzip.GzipFile("", "wb", compresslevel=9, fileobj=written, mtime=0) as into:
        into.write(content)
    return written.getvalue()


def policies(pages: Mapping[str, str]) -> str:
    """The policy of each address, for nginx, from the HTML of each page by its address.

    A page of the site is allowed what any of them runs; an edition that is one file, its own.
    """
    offered = {at: html for at, html in pages.items() if at.startswith(f"/{DOWNLOADS}")}
    others = [html for at, html in pages.items() if at not in offered]
    framed = "".join(f"; {name} {value}" for name, value in SERVER_RULES.items())
    lines = [
        f'    default "{server_policy(others)}";',
        *(f'    "{at}" "{read_policy(html)}{framed}";' for at, html in sorted(offered.items())),
    ]
    return "\n".join(["map $uri $reference_policy {", *lines, "}", ""])
