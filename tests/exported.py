"""The exported files of both data folders, made once for all tests."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from folders import OTHER, REAL, ROOT, TEMPLATES

from sitegen import SiteOutput, build
from sitegen.derive.relations import Relations
from sitegen.incremental.cache import Cache
from sitegen.incremental.fingerprint import code_version
from sitegen.incremental.workers import Executor
from sitegen.model import Site
from sitegen.pipeline import stages

DATA = {"real": REAL, "other": OTHER}


@dataclass(frozen=True)
class Exported:
    """A site with every file that is exported from it."""

    site: Site
    references: dict[str, str]
    files: dict[str, bytes]

    @cached_property
    def relations(self) -> Relations:
        """The ties between the records."""
        return Relations(self.site)

    def json(self, name: str) -> Any:
        """A JSON file by its address below data/v1, read anew, so that a test may change it."""
        return json.loads(self.files[f"data/v1/{name}"])

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of a table."""
        return read_csv(self.files[f"data/v1/csv/{name}.csv"])


def read_csv(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file by the names of its columns."""
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


@cache
def of(name: str) -> Exported:
    """What is exported from the `real` or the `other` data folder."""
    made = book(name)
    cited = dict(stages.references(TEMPLATES, made.site.sources, _executor()))
    files = {asset.uri: asset.content for asset in made.assets if asset.uri.startswith("data/")}
    return Exported(made.site, cited, files)


@cache
def book(name: str) -> SiteOutput:
    """Every page and file of the `real` or the `other` data folder.

    The workers of pytest-xdist share a cache, so that only the first makes them.
    """
    executor = _executor()
    made = build(DATA[name], TEMPLATES, executor=executor)
    executor.cache.save()
    return made


def _executor() -> Executor:
    file = Path(os.environ["CACHE_DIR"]) / "exported.sqlite"
    return Executor(1, Cache(file, code_version(ROOT / "scripts")))
