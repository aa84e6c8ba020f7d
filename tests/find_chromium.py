"""Print the path of a Chromium for the browser tests, installing one where none is found."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
START_SECONDS = 30
DOWNLOAD_SECONDS = 180
APT_SECONDS = 900
MISSING = (
    "No Chromium for the browser tests: install one (Debian: apt-get install chromium; elsewhere: "
    ".venv/bin/python -m playwright install --with-deps chromium) or set CHROMIUM to its path."
)


def main() -> int:
    """Print the path and return 0, or say in one line what to install and return 1."""
    named = os.environ.get("CHROMIUM")
    path = starting(named) if named else find_or_install()
    if path:
        print(path)
        return 0
    say(f"CHROMIUM must name a Chromium that starts (got '{named}')." if named else MISSING)
    return 1


def find_or_install() -> str | None:
    """Return the first Chromium that starts, from the cheapest place to the dearest."""
    places: tuple[Callable[[], str | None], ...] = (
        playwrights_own,
        on_the_path,
        downloaded_by_playwright,
        installed_by_apt,
    )
    return next((path for place in places if (path := place())), None)


def playwrights_own() -> str | None:
    """Return the browser that Playwright downloaded earlier, if it starts."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return starting(path)


def on_the_path() -> str | None:
    """Return the first of the usual programs that starts."""
    return next((path for name in PROGRAMS if (path := starting(name))), None)


def downloaded_by_playwright() -> str | None:
    """Return the browser that Playwright downloads now, if it can."""
    say("Downloading a Chromium for the browser tests (once, some minutes)…")
    done = succeeds([sys.executable, "-m", "playwright", "install", "chromium"], DOWNLOAD_SECONDS)
    return playwrights_own() if done else None


def installed_by_apt() -> str | None:
    """Return the browser that apt-get installs now, where this is root on Debian."""
    return on_the_path() if install_by_apt("chromium") else None


def install_by_apt(package: str) -> bool:
    """Install a browser of Debian's, where this is root on Debian; tell whether it was."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return False
    say(f"Installing Debian's {package} for the browser tests (once, some minutes)…")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return succeeds([apt, "update"], APT_SECONDS, quiet) and succeeds(
        [apt, "install", "-y", package], APT_SECONDS, quiet
    )


def starting(program: str) -> str | None:
    """Return the full path of a program that starts and tells its version, else None.

    A browser may be there and not start: without its libraries, or as a stub that only names
    another package.
    """
    path = shutil.which(program)
    return path if path and succeeds([path, "--version"], START_SECONDS) else None


def succeeds(
    command: Sequence[str], seconds: float, environment: Mapping[str, str] | None = None
) -> bool:
    """Run a command unheard and tell whether it ended well in the time it was given.

    It runs as a process group of its own, so that at the limit its children end with it.
    """
    silent = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command,
            stdin=silent,
            stdout=silent,
            stderr=silent,
            env=environment,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False


def say(line: str) -> None:
    """Tell the person; standard output is for the path alone."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
