"""The feed of changes: an entry for each version, with addresses that hold everywhere."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import exported
import pytest
from exported import DATA

from sitegen.derive.relations import Relations
from sitegen.export.feed import files

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "https://host.invalid/path"


def feed(name: str, address: str | None) -> dict[str, bytes]:
    site = exported.of(name).site
    identity = site.identity.model_copy(update={"address": address})
    return dict(files(Relations(replace(site, identity=identity))))


@pytest.mark.parametrize("name", DATA)
def test_a_site_without_an_address_has_no_feed(name: str) -> None:
    assert feed(name, None) == {}


@pytest.mark.parametrize("name", DATA)
def test_each_version_has_an_entry_with_what_changed(name: str) -> None:
    root = ElementTree.fromstring(feed(name, ADDRESS)["changes.atom"])
    changes = [
        change
        for change in exported.of(name).relations.changes
        if change.is_released or any(one.on for one in change.entries)
    ]

    entries = root.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        f"Version {change.version}" for change in changes
    ]
    for entry, change in zip(entries, changes, strict=True):
        days = [str(one.on) for one in change.entries if one.on]
        days += [str(change.released)] if change.is_released else []
        assert entry.findtext(f"{ATOM}updated") == f"{max(days)}T00:00:00Z"
        content = entry.findtext(f"{ATOM}content") or ""
        assert len(content.split("\n")) >= len(change.entries)
        assert all(one.says in content for one in change.entries)


@pytest.mark.parametrize("name", DATA)
def test_the_feed_has_what_rfc_4287_requires(name: str) -> None:
    root = ElementTree.fromstring(feed(name, ADDRESS)["changes.atom"])

    for element in (root, *root.findall(f"{ATOM}entry")):
        for needed in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{needed}")) == 1
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "self": f"{ADDRESS}/changes.atom",
        "alternate": f"{ADDRESS}/changes/index.html",
    }
    ids = [id.text for id in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    assert all(id and id.startswith(f"{ADDRESS}/") for id in ids)
