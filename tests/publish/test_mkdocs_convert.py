"""What the publisher keeps of a page gives back what MkDocs would have read."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import exported
import pytest
from folders import ROOT

import build as command_line
from publish.mkdocs_build import _default_mode, _link
from publish.mkdocs_convert import _survives_json
from publish.mkdocs_theme import _own_templates

_NOT_COPIED = shutil.ignore_patterns(".*", "site", "dist", "build", "tests", "__pycache__")


@pytest.mark.parametrize(
    ("meta", "survives"),
    [
        ({"title": "x", "search": {"exclude": True}, "hide": ["toc"]}, True),
        ({}, True),
        ({"date": datetime.date(2026, 1, 1)}, False),
        ({"title": datetime.datetime(2026, 1, 1, 12)}, False),
        ({1: "a number for a name"}, False),
        ({"tags": ("a", "b")}, False),
    ],
)
def test_front_matter_is_cached_only_where_json_gives_it_back_unchanged(
    meta: dict[object, object], survives: bool
) -> None:
    assert _survives_json(meta) == survives


# ---- what stands there already -------------------------------------------------------------------


def test_a_file_that_is_the_same_is_linked(tmp_path: Path) -> None:
    existing, path = tmp_path / "standing", tmp_path / "new"
    existing.write_bytes(b"same")

    assert _link(str(existing), b"same", str(path), _default_mode())
    assert path.samefile(existing)


def test_any_other_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    existing, link, path = tmp_path / "standing", tmp_path / "link", tmp_path / "new"
    existing.write_bytes(b"same")
    link.symlink_to(existing)

    mode = _default_mode()
    assert not _link(str(existing), b"another", str(path), mode)
    assert not _link(str(tmp_path / "nowhere"), b"same", str(path), mode)
    assert not _link(str(link), b"same", str(path), mode)
    existing.chmod(0o600)
    assert not _link(str(existing), b"same", str(path), 0o644)
    existing.chmod(0o644)
    assert not _link(str(existing), b"same", str(path), 0o600)

    def refuse(self: Path, target: Path) -> None:
        raise OSError("this disk knows no such thing")

    monkeypatch.setattr(os, "link", refuse)
    assert not _link(str(existing), b"same", str(path), 0o644)
    assert not path.exists()


@pytest.mark.slow  # it builds a whole site
def test_a_site_that_somebody_spoilt_is_mended_and_the_rest_of_it_link(tmp_path: Path) -> None:
    command = ["--data", str(exported.DATA["other"]), "site", "--out", str(tmp_path)]
    site = tmp_path / "site"
    spoilt, whole = site / "index.html", site / "dosage" / "index.html"
    assert command_line.main([*command, "--website-only"]) == 0
    expected, before = spoilt.read_bytes(), whole.stat()
    spoilt.write_bytes(b"spoilt")

    assert command_line.main([*command, "--website-only"]) == 0

    assert spoilt.read_bytes() == expected
    assert (whole.stat().st_ino, whole.stat().st_nlink) == (before.st_ino, 1)


@pytest.mark.slow  # it builds a whole site
def test_folders_are_named_from_where_the_command_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(exported.DATA["other"], tmp_path / "data")
    monkeypatch.chdir(tmp_path)

    assert command_line.main(["--data", "data", "site", "--out", "out"]) == 0

    assert (tmp_path / "out" / "site" / "index.html").is_file()
    assert list((tmp_path / "out" / "dist").glob("*-offline.zip"))


@pytest.mark.slow  # it builds a whole site
def test_a_later_hook_that_changes_pages_is_given_all_of_them(tmp_path: Path) -> None:
    copied = shutil.copytree(ROOT, tmp_path / "project", ignore=_NOT_COPIED)
    (copied / "signing.py").write_text(
        "def on_post_page(output, page, config):\n    return output + '<!-- signed -->'\n"
    )
    settings = copied / "mkdocs.yml"
    hooks = settings.read_text("utf-8").replace("mkdocs_hooks.py]", "mkdocs_hooks.py, signing.py]")
    settings.write_text(hooks, "utf-8")
    data = exported.DATA["other"]
    command = [sys.executable, "scripts/build.py", "--data", str(data), "site", "--website-only"]
    done = subprocess.run([*command, "--out", "out"], cwd=copied, check=False, capture_output=True)

    page = (copied / "out" / "site" / "safety" / "index.html").read_text("utf-8")
    assert done.returncode == 0
    assert page.endswith("<!-- signed -->")
    assert "<table" in page


def test_a_checkout_among_libraries_keeps_no_stale_frame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "site-packages" / "project"
    libraries = project / ".venv" / "site-packages"
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(libraries))
    own, library = project / "theme", libraries / "material"
    for folder in (own, library):
        folder.mkdir(parents=True)
        (folder / "main.html").write_text("one")
    first = _own_templates([own, library])
    (library / "main.html").write_text("two")
    assert _own_templates([own, library]) == first

    (own / "main.html").write_text("two")
    assert _own_templates([own, library]) != first
