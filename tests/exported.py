"""The exported files of both data folders, made once for all tests."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from folders import OTHER, REAL, TEMPLATES

from sitegen import SiteOutput, build, exported, read_site
from sitegen.derive.relations import Relations
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
    site = read_site(DATA[name])
    cited = dict(stages.references(TEMPLATES, site.sources))
    return Exported(site, cited, dict(exported(site, cited)))


@cache
def book(name: str) -> SiteOutput:
    """Every page and file of the `real` or the `other` data folder."""
    return build(DATA[name], TEMPLATES)
