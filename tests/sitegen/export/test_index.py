"""The index of files: every file, with its size and SHA-256."""

from __future__ import annotations

import hashlib

import exported
import pytest
from exported import DATA, Exported

from sitegen.export.index import file


@pytest.fixture(params=DATA)
def made(request: pytest.FixtureRequest) -> Exported:
    return exported.of(request.param)


def test_the_index_has_every_other_file_with_its_size_and_digest(made: Exported) -> None:
    index = made.json("index.json")

    assert index["files"] == [
        {
            "path": uri.removeprefix("data/v1/"),
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        for uri, content in sorted(made.files.items())
        if uri != "data/v1/index.json"
    ]


def test_the_index_says_which_version_it_is_of(made: Exported) -> None:
    index, identity = made.json("index.json"), made.site.identity

    assert index["version"] == identity.version
    assert index["released"] == str(identity.released)
    assert ("latest" in index) == (identity.address is not None)


def test_the_index_names_the_newest_one_where_the_address_is_known(made: Exported) -> None:
    identity = made.site.identity.model_copy(update={"address": "https://host.invalid/path"})

    content = file(identity, {})[1]
    assert b'"latest":"https://host.invalid/path/data/v1/index.json"' in content
