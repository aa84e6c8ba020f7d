"""What runs here from elsewhere is pinned: packages by hash and as wheels, actions by commit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from folders import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
LOCKS = sorted(ROOT.glob("requirements*.lock"))


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_an_action_is_pinned_by_its_commit_and_says_which_version_it_is(workflow: Path) -> None:
    used = re.findall(r"uses: *(.+)", workflow.read_text("utf-8"))

    assert used
    assert [
        action for action in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", action)
    ] == []


def test_what_is_locked_is_installed_by_its_hashes_and_from_wheels() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ")
    installing = [line for line in makefile.splitlines() if re.search(r"install .*\$<", line)]

    assert "AS_LOCKED := --require-hashes --only-binary :all:" in makefile
    assert len(installing) == 3
    assert all("$(AS_LOCKED)" in line for line in installing)
    assert "--only-binary :all:" in re.sub("AS_LOCKED.*", "", makefile)  # and locks are made so


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_version_has_a_hash(lock: Path) -> None:
    text = lock.read_text("utf-8")
    pinned = re.findall(r"(?m)^([\w.-]+)==\S+(?: ;.*)? \\\n    --hash=sha256:[0-9a-f]{64}", text)

    assert len(pinned) == len(re.findall(r"(?m)^[\w.-]+==", text)) > 0
