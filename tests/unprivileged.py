"""Runs the command line so that permissions bind it, whoever runs the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from built import command, environment
from folders import ROOT

_WITHOUT_POWERS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")


def run(data: Path, *arguments: str | Path, cache: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line to its end; as root, without the powers that pass over permissions."""
    before = _WITHOUT_POWERS if os.geteuid() == 0 else ()
    if before and not shutil.which(before[0]):
        pytest.skip("root passes over permissions here: there is no setpriv to prevent it")
    return subprocess.run(
        [*before, *command(ROOT, data, *arguments)],
        env=environment({"CACHE_DIR": str(cache)}),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
