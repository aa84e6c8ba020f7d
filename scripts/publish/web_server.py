"""A copy of the website for nginx: with compressed files, and the policy of each page.

A compressed copy has the name that `gzip_static` of nginx looks for. The policies are a `map`.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from publish import ownership
from publish.csp import SERVER_RULES, read_policy, server_policy
from publish.package import write_file
from publish.session import PublishError
from sitegen.addresses import DOWNLOADS, FORM

COMPRESSED_SUFFIXES = frozenset(
    {".bib", ".css", ".csv", ".html", ".js", ".json", ".jsonld", ".map", ".ris", ".svg", ".txt"}
    | {".atom", ".md", ".sqlite", ".xml"}
)


def built_files(site: Path) -> frozenset[str]:
    """Return the path of each file of a built website, relative to its folder.

    Raise PublishError where there is no website, or where files of it are missing.
    """
    if not (site / "index.html").is_file():
        raise PublishError(f"There is no website in {site}: build it first, with `make site`.")
    names = ownership.read_marker(site)
    if names is None or not names <= {*ownership.list_files(site)}:
        raise PublishError(
            f"The website in {site} is not as it was built: build it again, with `make site`."
        )
    return names


def write_copy(site: Path, names: Iterable[str], folder: Path) -> None:
    """Write files of a built website, their compressed copies, and the policies to a folder.

    Raise PublishError for a link among the files.
    """
    copy, pages = folder / "site", {}
    for name in names:
        content = _read_plain(site / name)
        write_file(copy / name, content)
        if Path(name).suffix in COMPRESSED_SUFFIXES:
            write_file(copy / f"{name}.gz", compress(content))
        if name.endswith(".html"):
            pages[f"/{name}"] = content.decode()
    write_file(folder / "policies.conf", policy_map(pages).encode())


def _read_plain(file: Path) -> bytes:
    if file.is_symlink():
        raise PublishError(f"{file} is a link, which no build makes: build the website again.")
    return file.read_bytes()


def compress(content: bytes) -> bytes:
    """Return the content in the gzip format (RFC 1952), without a name or a date in its header.

    The same content gives the same bytes.
    """
    compressed = io.BytesIO()
    with gzip.GzipFile("", "wb", compresslevel=9, fileobj=compressed, mtime=0) as file:
        file.write(content)
    return compressed.getvalue()


def policy_map(pages: Mapping[str, str]) -> str:
    """Return the nginx map from addresses to policies; `pages` has the HTML of each address.

    Pages of the site share a policy, which allows what any of them runs. A one-page edition, which
    is a download, and the form for records have the policy that they state. Raise PolicyError for
    one without.
    """
    alone = tuple(f"/{folder}" for folder in (DOWNLOADS, FORM))
    stated = {path: html for path, html in pages.items() if path.startswith(alone)}
    others = [html for path, html in pages.items() if path not in stated]
    more = "".join(f"; {name} {value}" for name, value in SERVER_RULES.items())
    lines = [
        f'    default "{server_policy(others)}";',
        *(f'    "{path}" "{read_policy(html)}{more}";' for path, html in sorted(stated.items())),
    ]
    return "\n".join(["map $uri $reference_policy {", *lines, "}", ""])
