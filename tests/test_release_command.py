"""`build.py release` keeps what a version publishes, once, and only of sound data."""

from __future__ import annotations

from pathlib import Path

import pytest
from releases import DOSE, corrected_folder, released_once
from sound import problems, read, replace, rich_folder

import build


def release(data: Path) -> int:
    return build.main(["--data", str(data), "release"])


def test_the_first_release_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = rich_folder(tmp_path)

    assert release(data) == 0
    assert "records of version 1.2.3" in capsys.readouterr().out
    assert problems(data) == []


def test_the_next_release_keeps_its_corrections(tmp_path: Path) -> None:
    data = corrected_folder(tmp_path)
    replace(data, "changes/next.yml", "released: not yet", "released: 2020-04-01")
    replace(data, "site.yml", "version: 1.2.3", "version: 1.3.0")
    replace(data, "site.yml", "released: 2020-02-29", "released: 2020-04-01")

    assert release(data) == 0
    assert problems(data) == []
    assert '"record": "terms/syrup"' in read(data, "released.json")
    assert '"changed-figures": {"not noticed": ' in read(data, "released.json")
    assert [path.name for path in data.iterdir() if "released" in path.name] == ["released.json"]


def test_what_is_not_explained_is_not_released(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = released_once(tmp_path)
    replace(data, *DOSE)
    before = read(data, "released.json")

    assert release(data) == 1
    assert "limit 1 was 'left out' at the last release" in capsys.readouterr().err
    assert read(data, "released.json") == before


def test_a_version_is_released_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release(released_once(tmp_path)) == 1
    assert "Version 1.2.3 is released already: raise the version" in capsys.readouterr().err


def test_a_version_that_waits_is_not_released(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release(corrected_folder(tmp_path)) == 1
    assert "data/changes/next.yml is released 'not yet': write its day" in capsys.readouterr().err


def test_changed_figures_that_the_check_accepts_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = rich_folder(tmp_path)
    replace(data, "sources/leaflet.yml", '"2–4 mg"', '"2–4 mg", "3–4 mg"')

    assert build.main(["--data", str(data), "mutations"]) == 0

    *missed, last = capsys.readouterr().out.splitlines()
    assert "data/regimens/hiccups.yml:6: accepted 'each: 3-4 mg' for 'each: 2-4 mg'" in missed
    assert last.startswith("The check noticed ")
    assert last.endswith(" changed figures.")
