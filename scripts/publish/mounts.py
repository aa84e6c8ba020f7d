"""Mounted file systems, as the kernel lists them; none where it has no list."""

from __future__ import annotations

import os
import re
from pathlib import Path

TABLE = Path("/proc/self/mountinfo")
# File systems that may change on another machine; this kernel sends no events of such changes.
_REMOTE = frozenset(
    "9p afs ceph cifs drvfs fakeowner lustre ncpfs nfs nfs4 prl_fs smb3 smbfs vboxsf virtiofs"
    " vmhgfs".split()
)
_ESCAPE = re.compile(r"\\([0-7]{3})")


def mount_points() -> dict[str, str]:
    """Return the type of the file system at each mount point.

    Of two file systems at one mount point, the later one counts, since it covers the other.
    """
    try:
        lines = TABLE.read_bytes().decode("utf-8", "surrogateescape").splitlines()
    except OSError:
        return {}
    types = {}
    for line in lines:
        before, _, after = line.partition(" - ")
        path = _ESCAPE.sub(lambda code: chr(int(code[1], 8)), before.split()[4])
        types[path] = after.split()[0]
    return types


def is_mount_point(path: Path) -> bool:
    """Return whether a file system is mounted at a path."""
    return os.path.realpath(path) in mount_points()


def is_remote(path: Path) -> bool:
    """Return whether a path is on a file system that another machine may change."""
    types = mount_points()
    real = Path(os.path.realpath(path))
    nearest = next((str(parent) for parent in (real, *real.parents) if str(parent) in types), "")
    kind = types.get(nearest, "")
    return kind in _REMOTE or kind.startswith("fuse.") or kind == "fuse"
