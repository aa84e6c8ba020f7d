"""Whole sites, built by the command line from a copy of the project, once for all tests."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from folders import OTHER, ROOT

from publish.ownership import MARKER

TEXTS = OTHER.parent / "texts"
PROJECT = ("mkdocs.yml", "scripts", "templates", "docs", "data")
# What a curator's shell may hold and a test must not inherit.
_MEANT_FOR_MKDOCS = frozenset(
    "ARCHIVE DATA_DIR EDITION OFFLINE SITE_ADDRESS SITE_DIR SOURCE_DATE_EPOCH".split()
)


@dataclass(frozen=True)
class Built:
    """A website and its offline copy, with the project and the data they were built from."""

    project: Path
    data: Path
    out: Path

    @property
    def site(self) -> Path:
        """The folder of the website."""
        return self.out / "site"

    @property
    def archives(self) -> list[Path]:
        """The offline copies: one, once it is built."""
        return list((self.out / "dist").glob("*-offline.zip"))

    @property
    def archive(self) -> Path:
        """The one offline copy."""
        (archive,) = self.archives
        return archive

    @property
    def said(self) -> str:
        """What the build printed."""
        return (self.out / "said.txt").read_text(encoding="utf-8")


def copy_project(folder: Path, project: Path = ROOT) -> Path:
    """A copy of what the build needs, so that no test touches the working tree."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PROJECT:
        if (project / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(project / name, folder / name, ignore=ignored)
        else:
            shutil.copy2(project / name, folder / name)
    return folder


def command(project: Path, data: Path, *arguments: str | Path) -> list[str]:
    """The command line of the build for a data folder."""
    return [
        sys.executable,
        str(project / "scripts" / "build.py"),
        "--data",
        str(data),
        *map(str, arguments),
    ]


def environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """The variables of this process without those that MkDocs would read, and with changes."""
    inherited = {name: value for name, value in os.environ.items() if name not in _MEANT_FOR_MKDOCS}
    return {**inherited, **(changes or {})}


def run(
    project: Path,
    data: Path,
    *arguments: str | Path,
    folder: Path | None = None,
    variables: Mapping[str, str] | None = None,
    together: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run the command line to its end, from a working folder.

    `together` puts what it says of problems where a terminal would: among its other output.
    """
    return subprocess.run(
        command(project, data, *arguments),
        cwd=folder or project,
        env=environment(variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if together else subprocess.PIPE,
        text=True,
        timeout=600,
        check=False,
    )


def build(
    project: Path,
    data: Path,
    out: Path,
    folder: Path | None = None,
    variables: Mapping[str, str] | None = None,
) -> Built:
    """Build the site of a data folder. Raises RuntimeError with what was printed if it fails."""
    done = run(project, data, "site", "--out", out, folder=folder, variables=variables)
    if done.returncode:
        raise RuntimeError(f"the build failed:\n{done.stdout}\n{done.stderr}")
    return Built(project, data, out)


def published(
    data: Path, folder: Path, project: Path = ROOT, changes: Mapping[str, str] | None = None
) -> Path:
    """The website of a data folder alone, as a plain `mkdocs build` publishes it; its folder.

    Raises RuntimeError with what was printed if that fails.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    ours = {"DATA_DIR": str(data), "OFFLINE": "false", "NO_MKDOCS_2_WARNING": "true"}
    variables = environment({**ours, **(changes or {})})
    done = subprocess.run(
        command, cwd=project, env=variables, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return folder


def built_once(base: Path, name: str) -> Built:
    """The `real` or the `other` site under the session's folder.

    The first call builds it; a later one, from any test module or any worker of pytest-xdist,
    finds it. Raises RuntimeError with what was printed where it could not be built.
    """
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    site = _place(shared, name)
    with _locked(shared / f"{name}.lock"):
        if not site.out.exists():
            _build_first(site)
    if not site.archives:
        raise RuntimeError(f"the {name} site was not built:\n{site.said}")
    return site


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Within it, no other process is within it with the same file."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _place(base: Path, name: str) -> Built:
    project = base / "whole" / name / "project"
    return Built(project, project / "data" if name == "real" else OTHER, project / "out")


def _build_first(site: Built) -> None:
    site.out.mkdir(parents=True)
    copy_project(site.project)
    done = run(site.project, site.data, "site", "--out", site.out)
    (site.out / "said.txt").write_text(done.stdout + done.stderr, encoding="utf-8")


def unzipped(built: Built, folder: Path) -> Path:
    """The offline copy unzipped into a folder; the one folder that it holds."""
    with zipfile.ZipFile(built.archive) as archive:
        archive.extractall(folder)
    (top,) = folder.iterdir()
    return top


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, by its path from there; but for the lists of files."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MARKER
    }
