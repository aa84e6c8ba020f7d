"""Every remark in the data is on a page: one that limits a value must not be lost."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path

import exported
import pytest
import yaml
from folders import OTHER, TEMPLATES

import sitegen
from sitegen import SiteOutput
from sitegen.model import Caution, Record, Reported, Site
from sitegen.model.fields import parts
from sitegen.model.typography import prose

REMARKS = ("note", "why")
NO_DIGITS = str.maketrans("0123456789", "abcdefghij")


def bare(text: str) -> str:
    """A text without markup and white space."""
    return re.sub(r"\s", "", re.sub("<[^>]+>", "", html.unescape(text)))


def remarks(site: Site) -> list[tuple[str, str]]:
    """Every remark of a site, with its file and field."""
    return [
        (f"{record.path} {'.'.join(map(str, where))}", text)
        for record in site.all()
        for where, part in parts(record)
        for text in (getattr(part, name, None) for name in REMARKS)
        if isinstance(text, str)
    ]


def lost(built: SiteOutput) -> list[str]:
    """The remarks of a site that no page shows."""
    pages = "".join(bare(page.markdown) for page in built.pages)
    return [where for where, text in remarks(built.site) if bare(prose(text)) not in pages]


@pytest.mark.parametrize("name", exported.DATA)
def test_every_remark_is_on_a_page(name: str) -> None:
    assert lost(exported.book(name)) == []


def test_a_remark_on_any_value_would_be_on_a_page(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(OTHER, data)
    for record in sitegen.read_site(OTHER).all():
        remark_every_value(data, record)

    assert lost(sitegen.build(data, TEMPLATES)) == []


def remark_every_value(data: Path, record: Record) -> None:
    """Write a remark of its own beside each reported value of a record."""
    path = data.parent / record.path
    content = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    for where, part in parts(record):
        if isinstance(part, Reported) and not isinstance(record, Caution):
            remark(content, where, record)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def remark(content: object, where: tuple[str | int, ...], record: Record) -> None:
    """Write a remark beside the value at a path of a file."""
    *above, last = where
    for step in above:
        content = content[step]  # type: ignore[index]
    value = content[last]  # type: ignore[index]
    noted = dict(value) if isinstance(value, dict) else {"value": value}
    name = "".join(map(str, (*record.key, *where))).translate(NO_DIGITS)
    noted.setdefault("note", f"Remark on {name}")
    content[last] = noted  # type: ignore[index]
