"""The form for records on a website, below `admin/`: its page, its settings, and its editor.

The editor is Decap CMS, with a reader of YAML. Both are packages of npm, which `build.py form`
fetches once. They are named here with their version and their digest, and nothing else is
published: the site itself serves every script that the form runs.
"""

from __future__ import annotations

import base64
import hashlib
import io
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from publish.csp import add_form_policy
from publish.package import write_file
from publish.session import PublishError
from sitegen.addresses import FORM

_OWN = Path(__file__).parent / "form"
_PAGE = "index.html"
_FETCH = "fetch it with `make form`"


@dataclass(frozen=True)
class Package:
    """A package of npm: what it is called, its SHA-512, and where its files are published."""

    name: str
    version: str
    sha512: str
    """In base64, as npm writes it."""
    files: Mapping[str, str]
    """Where each file or folder of the package goes, within the folder of the form."""

    @property
    def archive(self) -> str:
        """The name of the archive that npm makes of it."""
        return f"{self.name}-{self.version}.tgz"

    def content(self, folder: Path) -> bytes:
        """Return its archive. Raise PublishError where it is missing, or is another one."""
        path = folder / self.archive
        if not path.is_file():
            raise PublishError(f"The form needs {path}, which is not there: {_FETCH}.")
        content = path.read_bytes()
        if base64.b64encode(hashlib.sha512(content).digest()).decode() != self.sha512:
            raise PublishError(f"{path} is another package than the form names: {_FETCH}.")
        return content

    def unpacked(self, folder: Path) -> Iterator[tuple[str, bytes]]:
        """Yield where each of its files is published, and its content."""
        with tarfile.open(fileobj=io.BytesIO(self.content(folder))) as archive:
            for member in archive:
                target = self._target(member.name)
                opened = archive.extractfile(member) if target and member.isfile() else None
                if target and opened:
                    yield target, opened.read()

    def _target(self, name: str) -> str | None:
        """Return where a file is published; None where it is not."""
        for start, target in self.files.items():
            if name == start or (start.endswith("/") and name.startswith(start)):
                return target + name.removeprefix(start)
        return None


PACKAGES = (
    Package(
        "decap-cms",
        "3.16.3",
        "hf+dPlCh7TJmWl8+6VRzHYOWhri5xgUknrZbDewaWe4s9B7xJ8PQugp2QHeSldMUKzav6+z0oIpwUYhUJDYtYw==",
        {
            "package/dist/decap-cms.js": "decap-cms.js",
            "package/dist/decap-cms.js.LICENSE.txt": "decap-cms.js.LICENSE.txt",
        },
    ),
    Package(
        "yaml",
        "2.9.1",
        "3NxN8+78OdzbT7C/WjGsyfPAtJaN3FNDsWxv7Y7mcDsT/oOmgW8BpyQQFFBnvZE3j9Y2Sdz1ULFLezL7Eb2yFw==",
        {"package/browser/dist/": "yaml/", "package/LICENSE": "yaml/LICENSE.txt"},
    ),
)


def fetch(folder: Path) -> list[str]:
    """Fetch the packages into a folder with npm, and return the names of their archives.

    Raise PublishError where there is no npm, where it fails, or where it gives another package.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        wanted = f"{package.name}@{package.version}"
        command = ["npm", "pack", "--silent", "--ignore-scripts", wanted]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            raise PublishError("npm is not installed: install Node.js, which brings it.") from None
        if done.returncode:
            raise PublishError(f"npm could not fetch {wanted}:\n{done.stderr.strip()}")
        package.content(folder)
    return [package.archive for package in PACKAGES]


def refuse_without(folder: Path) -> None:
    """Raise PublishError where a package is missing from a folder, or is another one."""
    for package in PACKAGES:
        package.content(folder)


def write(site: Path, settings: bytes, saves_to: str, folder: Path) -> None:
    """Write the form into a built website.

    `settings` is its config.yml, `saves_to` the address that it reads from and saves to, and
    `folder` holds the packages. Raise PublishError where one is missing, or is another one.
    """
    files = {path.name: path.read_bytes() for path in _OWN.iterdir()}
    files[_PAGE] = add_form_policy(files[_PAGE].decode(), saves_to).encode()
    files["config.yml"] = settings
    for package in PACKAGES:
        files |= package.unpacked(folder)
    for name, content in files.items():
        write_file(site / FORM / name, content)
