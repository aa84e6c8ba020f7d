"""The bill of materials: every package of the lock, with its version and hashes."""

from __future__ import annotations

import re

import exported
import pytest
from folders import ROOT

from tools.write_sbom import bill

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_every_locked_package_is_listed_with_its_version_and_all_hashes() -> None:
    made = bill(exported.of("real").site.identity, LOCK)

    listed = {(one["name"], one["version"]) for one in made["components"]}
    assert listed == set(re.findall(r"(?m)^([\w.-]+)==([^\s;]+)", LOCK))
    hashes = [one["content"] for part in made["components"] for one in part["hashes"]]
    assert hashes == re.findall("--hash=sha256:([0-9a-f]{64})", LOCK)
    assert made["bomFormat"] == "CycloneDX"


def test_a_package_that_only_some_systems_need_is_optional() -> None:
    hashed = f" \\\n    --hash=sha256:{'0' * 64}\n"
    lock = f"a==1 ; sys_platform == 'x'{hashed}b==2{hashed}"

    components = bill(exported.of("real").site.identity, lock)["components"]
    assert [one["scope"] for one in components] == ["optional", "required"]


def test_a_version_without_a_hash_is_refused() -> None:
    with pytest.raises(ValueError, match="make lock"):
        bill(exported.of("real").site.identity, "a==1\n")
