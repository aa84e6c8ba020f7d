"""The preview writes only what is new, and shows what a fresh build would."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import exported
import pytest
from mkdocs import utils
from mkdocs.structure.files import File

import build as command_line
from rewriting import Standing, writing_over
from sitegen.kept import Kept
from sitegen.press import Press


def times(folder: Path) -> dict[str, int]:
    """When each file of a folder was written."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".begun"
    }


def test_what_stands_there_already_is_not_written_again(tmp_path: Path) -> None:
    standing: Standing = {}
    for content in ("one", "one", "two"):
        before = times(tmp_path)
        with writing_over(tmp_path, standing):
            utils.clean_directory(str(tmp_path))
            utils.write_file(b"same", str(tmp_path / "a" / "same.html"))
            utils.write_file(content.encode(), str(tmp_path / "other.html"))
        after = times(tmp_path)
        assert (tmp_path / "other.html").read_text() == content
        if before:
            assert after["a/same.html"] == before["a/same.html"]

    assert after["other.html"] > before["other.html"]


def test_what_nobody_writes_any_more_goes(tmp_path: Path) -> None:
    standing: Standing = {}
    with writing_over(tmp_path, standing):
        utils.write_file(b"1", str(tmp_path / "gone.html"))
        utils.write_file(b"1", str(tmp_path / "stays.html"))
        (tmp_path / "by-a-plugin.html").write_text("1")
    with writing_over(tmp_path, standing):
        utils.write_file(b"1", str(tmp_path / "stays.html"))
        (tmp_path / "by-a-plugin.html").write_text("1")
    assert set(times(tmp_path)) == {"stays.html", "by-a-plugin.html"}

    os.utime(tmp_path / "by-a-plugin.html", (0, 0))  # long ago: a clock ticks only so often
    with writing_over(tmp_path, standing):
        utils.write_file(b"1", str(tmp_path / "gone.html"))

    assert set(times(tmp_path)) == {"gone.html"}


def test_a_file_that_was_cut_short_is_written_again(tmp_path: Path) -> None:
    path, standing = tmp_path / "page.html", Standing()
    with writing_over(tmp_path, standing):
        utils.write_file(b"sound", str(path))
    path.unlink()
    path.mkdir()  # nothing can be written there
    with pytest.raises(IsADirectoryError), writing_over(tmp_path, standing):
        utils.write_file(b"other", str(path))
    path.rmdir()

    with writing_over(tmp_path, standing):
        utils.write_file(b"sound", str(path))

    assert path.read_bytes() == b"sound"


def test_mkdocs_has_its_own_hands_back(tmp_path: Path) -> None:
    before = utils.clean_directory, utils.write_file, File.copy_file
    with pytest.raises(RuntimeError), writing_over(tmp_path, {}):
        raise RuntimeError

    assert (utils.clean_directory, utils.write_file, File.copy_file) == before


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but those that say when they were written."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".begun" and path.suffix != ".gz"
    }


def test_the_preview_after_edits_is_the_preview_of_a_fresh_start(tmp_path: Path) -> None:
    data = shutil.copytree(exported.DATA["other"], tmp_path / "data")
    press, standing = Press(1, Kept(tmp_path / "kept.sqlite")), Standing()

    def shown(folder: Path, press: Press, standing: Standing) -> dict[str, bytes]:
        command_line._show(data, press, folder, standing)
        return contents(folder)

    first = shown(tmp_path / "shown", press, standing)
    term = sorted((data / "terms").glob("*.yml"))[-1]
    text = term.read_text(encoding="utf-8")
    term.unlink()
    without = shown(tmp_path / "shown", press, standing)
    assert without != first
    assert without == shown(tmp_path / "fresh", Press(1, Kept(None)), Standing())

    term.write_text(text, encoding="utf-8")
    assert shown(tmp_path / "shown", press, standing) == first
