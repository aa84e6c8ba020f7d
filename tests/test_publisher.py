"""What the publisher keeps of a page gives back what MkDocs would have read."""

from __future__ import annotations

import datetime
from pathlib import Path

import exported
import pytest

import build as command_line
from publisher import _is_of_json, _shared


@pytest.mark.parametrize(
    ("meta", "kept"),
    [
        ({"title": "x", "search": {"exclude": True}, "hide": ["toc"]}, True),
        ({}, True),
        ({"date": datetime.date(2026, 1, 1)}, False),
        ({"title": datetime.datetime(2026, 1, 1, 12)}, False),
        ({1: "a number for a name"}, False),
        ({"tags": ("a", "b")}, False),
    ],
)
def test_front_matter_is_kept_only_where_it_comes_back_as_it_was(
    meta: dict[object, object], kept: bool
) -> None:
    assert _is_of_json(meta) == kept


# ---- what stands there already -------------------------------------------------------------------


def test_a_file_that_is_the_same_is_shared(tmp_path: Path) -> None:
    standing, path = tmp_path / "standing", tmp_path / "new"
    standing.write_bytes(b"same")

    assert _shared(standing, b"same", path)
    assert path.samefile(standing)


def test_any_other_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    standing, link, path = tmp_path / "standing", tmp_path / "link", tmp_path / "new"
    standing.write_bytes(b"same")
    link.symlink_to(standing)

    assert not _shared(standing, b"another", path)
    assert not _shared(tmp_path / "nowhere", b"same", path)
    assert not _shared(link, b"same", path)

    def refuse(self: Path, target: Path) -> None:
        raise OSError("this disk knows no such thing")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert not _shared(standing, b"same", path)
    assert not path.exists()


def test_a_site_that_somebody_spoilt_is_mended_and_the_rest_of_it_shared(tmp_path: Path) -> None:
    command = ["--data", str(exported.DATA["other"]), "site", "--out", str(tmp_path)]
    site = tmp_path / "site"
    spoilt, whole = site / "index.html", site / "dosage" / "index.html"
    assert command_line.main([*command, "--website-only"]) == 0
    expected, before = spoilt.read_bytes(), whole.stat()
    spoilt.write_bytes(b"spoilt")

    assert command_line.main([*command, "--website-only"]) == 0

    assert spoilt.read_bytes() == expected
    assert (whole.stat().st_ino, whole.stat().st_nlink) == (before.st_ino, 1)
