"""Print the path of a Firefox for the browser tests, installing one where none is found."""

import os
import sys

from find_chromium import install_by_apt, say, starting

PROGRAMS = ("firefox-esr", "firefox")
MISSING = (
    "No Firefox for the browser tests: install one (Debian: apt-get install firefox-esr) "
    "or set FIREFOX to its path."
)


def main() -> int:
    """Print the path and return 0, or say in one line what to install and return 1."""
    named = os.environ.get("FIREFOX")
    path = starting(named) if named else on_the_path() or installed()
    if path:
        print(path)
        return 0
    say(f"FIREFOX must name a Firefox that starts (got '{named}')." if named else MISSING)
    return 1


def on_the_path() -> str | None:
    """Return the first of the usual programs that starts."""
    return next((path for name in PROGRAMS if (path := starting(name))), None)


def installed() -> str | None:
    """Return the browser that apt-get installs now, where this is root on Debian."""
    return on_the_path() if install_by_apt("firefox-esr") else None


if __name__ == "__main__":
    sys.exit(main())
