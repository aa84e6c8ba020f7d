"""The generated records of benchmarks are records that a build takes."""

from __future__ import annotations

from pathlib import Path

import made_up

import sitegen


def test_generated_records_are_sound(tmp_path: Path) -> None:
    made_up.write(tmp_path / "data", 40)

    assert len(sitegen.read_site(tmp_path / "data").studies) == 40
