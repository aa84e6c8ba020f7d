"""The measurements run the builds that they say they run."""

from __future__ import annotations

import argparse
from pathlib import Path

import run
import synthetic_data
from folders import ROOT

import sitegen


def test_a_builder_sets_only_variables_that_a_build_reads(tmp_path: Path) -> None:
    """A cold build has an empty cache, in the folder that is removed before it."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "scripts").rglob("*.py")]
    builders = list(run._builders(tmp_path, argparse.Namespace(alone=True)))
    variables = {name for builder in builders for name in builder.environment}

    assert variables == {"CACHE_DIR"}
    assert any('environ.get("CACHE_DIR"' in source for source in sources)
    editing = (ROOT / "bench" / "editing.py").read_text(encoding="utf-8")
    assert '"CACHE_DIR": str(data.parent' in editing


def test_generated_data_has_no_problem(tmp_path: Path) -> None:
    synthetic_data.write(tmp_path, studies=60)

    assert len(sitegen.read_site(tmp_path).studies) == 60
