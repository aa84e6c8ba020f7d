"""The pages for another publisher: Markdown, assets and settings, without code of this project."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "scripts" / "build.py"
# The settings of each. ProperDocs is a fork of MkDocs. Zensical uses its own theme and its English,
# since its template language lacks what ours uses.
SETTINGS = {"properdocs": "mkdocs.yml", "zensical": "zensical.yml"}


def write(data: Path, folder: Path, title: str = "Reference") -> Path:
    """Write the pages of a data folder and the settings of each publisher.

    Return the folder of the Markdown. Raise CalledProcessError where the data has problems.
    """
    docs = folder / "docs"
    command = [sys.executable, str(BUILD), "--data", str(data), "pages", str(docs)]
    subprocess.run(command, check=True, capture_output=True)
    (docs / ".generated").unlink()
    shutil.copytree(ROOT / "docs" / "assets", docs / "assets", dirs_exist_ok=True)
    shutil.copytree(ROOT / "templates" / "theme", folder / "theme", dirs_exist_ok=True)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("site_name: Reference", f"site_name: {json.dumps(title)}")
    settings = settings.replace("hooks: [scripts/mkdocs_hooks.py]\n", "")
    settings = settings.replace("watch: [data, templates]\n", "docs_dir: docs\n")
    settings = settings.replace("custom_dir: templates/theme", "custom_dir: theme")
    (folder / SETTINGS["properdocs"]).write_text(settings, encoding="utf-8")
    plain = settings.replace("  custom_dir: theme\n", "").replace("language: site", "language: en")
    (folder / SETTINGS["zensical"]).write_text(plain, encoding="utf-8")
    return docs
