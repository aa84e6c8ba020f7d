"""Writes the packages of a lock file as a CycloneDX bill of materials.

`make sbom` runs it: `python scripts/tools/write_sbom.py requirements.lock dist/sbom.cdx.json`.
The same lock and the same version of the data give the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sitegen
from sitegen.model import Identity

DATA = Path(__file__).resolve().parents[2] / "data"

_PINNED = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?P<marker> ;[^\\\n]*)?"
    r"(?P<hashes>(?: \\\n +--hash=sha256:[0-9a-f]{64})+)",
    re.MULTILINE,
)


def bill(identity: Identity, lock: str) -> dict[str, Any]:
    """Return the bill of materials (CycloneDX 1.6) of a site that is built with a lock file.

    Raise ValueError where the lock has a version that is not pinned by a hash.
    """
    components = list(_components(lock))
    if len(components) != len(re.findall(r"^[\w.-]+==", lock, re.MULTILINE)):
        raise ValueError("a version in the lock file has no hash: make it again with `make lock`")
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": f"{identity.released}T00:00:00Z",
            "component": {
                "type": "data",
                "bom-ref": identity.name,
                "name": identity.name,
                "version": identity.version,
            },
        },
        "components": components,
    }


def _components(lock: str) -> Iterator[dict[str, Any]]:
    """Yield each package; one that only some systems or versions of Python need is optional."""
    for found in _PINNED.finditer(lock):
        purl = f"pkg:pypi/{found['name']}@{found['version']}"
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": found["name"],
            "version": found["version"],
            "scope": "optional" if found["marker"] else "required",
            "hashes": [
                {"alg": "SHA-256", "content": digest}
                for digest in re.findall("sha256:([0-9a-f]{64})", found["hashes"])
            ],
            "purl": purl,
        }


def main(lock: Path, out: Path) -> None:
    """Write the bill of materials of a lock file to a file."""
    identity = sitegen.read_records(DATA).identity
    content = bill(identity, lock.read_text(encoding="utf-8"))
    out.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
