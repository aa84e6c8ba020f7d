"""Edge: what the kernel says of mounted file systems; nothing where it says nothing."""

from __future__ import annotations

import os
import re
from pathlib import Path

TABLE = Path("/proc/self/mountinfo")
# File systems that change on another machine, of which this kernel sends no events.
_REMOTE = frozenset(
    "9p afs ceph cifs drvfs fakeowner lustre ncpfs nfs nfs4 prl_fs smb3 smbfs vboxsf virtiofs"
    " vmhgfs".split()
)
_ESCAPE = re.compile(r"\\([0-7]{3})")


def mounted() -> dict[str, str]:
    """Return the kind of file system at each mount point; of two at one place, the upper one."""
    try:
        lines = TABLE.read_bytes().decode("utf-8", "surrogateescape").splitlines()
    except OSError:
        return {}
    found = {}
    for line in lines:
        before, _, after = line.partition(" - ")
        point = _ESCAPE.sub(lambda code: chr(int(code[1], 8)), before.split()[4])
        found[point] = after.split()[0]
    return found


def is_mount_point(path: Path) -> bool:
    """Return whether something is mounted at a path."""
    return os.path.realpath(path) in mounted()


def is_remote(path: Path) -> bool:
    """Return whether a path is on a file system that another machine may change."""
    found = mounted()
    place = Path(os.path.realpath(path))
    around = next((str(each) for each in (place, *place.parents) if str(each) in found), "")
    kind = found.get(around, "")
    return kind in _REMOTE or kind.startswith("fuse.") or kind == "fuse"
