"""The same data give the same bytes: on any day, anywhere, on any core, cached or not."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest
import synthetic_data
from built import copy_project, digests, published, run

from publish.ownership import MARKER

pytestmark = pytest.mark.slow  # it builds one site many times

STUDIES = 30  # enough pages to be spread over cores
HERE = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4711"}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site built on one core from nothing, with the data and the project beside it."""
    folder = tmp_path_factory.mktemp("here")
    synthetic_data.write(folder / "data", STUDIES)
    copy_project(folder / "project")
    return built(folder, HERE, "--cores", "1", "--afresh")


def built(folder: Path, variables: dict[str, str], *options: str) -> Path:
    variables = {**variables, "CACHE_DIR": str(folder / "cache")}
    out = folder / "out"
    arguments = ("site", "--out", out, *options)
    done = run(folder / "project", folder / "data", *arguments, variables=variables)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def again(first: Path, folder: Path) -> Path:
    """A folder with the same project and data, in which nothing was built yet."""
    for name in ("project", "data"):
        shutil.copytree(first.parent / name, folder / name)
    return folder


def test_another_day_folder_locale_time_zone_seed_and_core_give_the_same_bytes(
    first: Path, tmp_path: Path
) -> None:
    folder = again(first, tmp_path / "another place, with a space and an é")
    for path in folder.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))

    assert digests(built(folder, ELSEWHERE, "--cores", "2", "--afresh")) == digests(first)


def test_a_build_from_the_cache_has_the_bytes_of_a_fresh_build(first: Path, tmp_path: Path) -> None:
    folder = again(first, tmp_path / "cache")
    term = folder / "data" / "terms" / "0-cough.yml"
    text = term.read_text(encoding="utf-8")
    term.write_text(text.replace("The invented kind", "Another kind"), encoding="utf-8")
    other = digests(built(folder, HERE))
    term.write_text(text, encoding="utf-8")

    assert digests(built(folder, HERE)) == digests(first)
    assert other != digests(first)


def test_a_change_of_a_template_or_of_the_code_is_never_hidden_by_the_cache(
    first: Path, tmp_path: Path
) -> None:
    folder = again(first, tmp_path / "changed")
    built(folder, HERE)
    frame = folder / "project" / "templates" / "theme" / "main.html"
    frame.write_text(frame.read_text("utf-8").replace("Not medical advice.", "No advice."), "utf-8")
    typography = folder / "project" / "scripts" / "sitegen" / "model" / "typography.py"
    typography.write_text(typography.read_text("utf-8").replace('"twice"', '"2 x"'), "utf-8")

    cached = digests(built(folder, HERE))

    assert cached == digests(built(folder, HERE, "--afresh"))
    study = (folder / "out" / "site" / "studies" / "study-1.html").read_text(encoding="utf-8")
    assert "No advice." in study
    assert "2 x a day" in study


def test_mkdocs_by_itself_gives_the_same_website(first: Path, tmp_path: Path) -> None:
    variables = {
        **HERE,
        "ARCHIVE": str(next((first / "dist").glob("*-offline.zip"))),
        "EDITION": str(next((first / "dist").glob("*.html"))),
        "SOURCE_DATE_EPOCH": "1582934400",  # the day of the data
    }
    project, data = (first.parent / name for name in ("project", "data"))

    by_mkdocs = published(data, tmp_path / "site", project, variables)

    website = digests(first / "site")
    plain = {name for name in website if str(name).endswith(".md") or str(name) == "llms.txt"}
    assert plain  # which the command adds
    assert digests(by_mkdocs) == {name: website[name] for name in website if name not in plain}


def test_the_checksums_are_those_of_every_file(first: Path) -> None:
    lines = (first / "dist" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digits for digits, _, name in (line.partition("  ") for line in lines)}
    files = [*(first / "site").rglob("*"), *(first / "dist").glob("*.*")]

    assert listed == {
        path.relative_to(first).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.is_file() and path.name != MARKER
    }
