"""Print the path of an nginx for the test of its example, installing Debian's where there is none.

Without one the test is skipped, since a site needs no nginx: this never fails.
"""

import shutil
import sys

from find_chromium import install_by_apt, say

MISSING = (
    "No nginx: the example of its settings is not tested (Debian: apt-get install nginx-light)."
)


def main() -> int:
    """Print the path, or say what stays untested; 0 in both cases."""
    path = found() or (found() if install_by_apt("nginx-light") else None)
    print(path) if path else say(MISSING)
    return 0


def found() -> str | None:
    """Return the nginx on the path, or where Debian puts it, which not every path has."""
    return shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


if __name__ == "__main__":
    sys.exit(main())
