"""The index of every exported file, with which a copy of the files can be verified."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sitegen.addresses import FOLDER, INDEX
from sitegen.export.files import compact
from sitegen.export.format import FORMAT
from sitegen.model import Identity


def file(identity: Identity, files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Return the address and the content of the index of files, which are given by address.

    A path in it is relative to the index, so that it holds for a copy in any folder.
    """
    content: dict[str, Any] = {
        "name": identity.name,
        "title": identity.title,
        "version": identity.version,
        "released": str(identity.released),
        "format": FORMAT,
        "licence": "CC-BY-4.0",
        **({"latest": f"{identity.address}/{INDEX}"} if identity.address else {}),
        "files": [
            {
                "path": uri.removeprefix(f"{FOLDER}/"),
                "bytes": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
            }
            for uri, data in sorted(files.items())
        ],
    }
    return INDEX, compact(content)
