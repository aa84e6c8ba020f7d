"""Pages, the Changes page and the feed show what was corrected, when, why, and what is gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import lxml.html
import pytest
from folders import TEMPLATES
from releases import NEXT, corrected_folder, released_folder, released_once
from sound import write

from sitegen import SiteOutput, read

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "https://host.invalid"


def made(data: Path, address: str | None = None) -> SiteOutput:
    """What is published of a folder; each page and file is made when a test reads it."""
    return SiteOutput(read(data, address=address), TEMPLATES)


def shown(output: SiteOutput, uri: str) -> lxml.html.HtmlElement:
    """A page of Markdown, whose HTML alone is read."""
    return lxml.html.fromstring(f"<div>{output.page(uri).markdown}</div>")


def text_of(output: SiteOutput, uri: str) -> str:
    return " ".join(shown(output, uri).text_content().split())


@pytest.mark.parametrize("folder", [corrected_folder, released_folder])
def test_a_correction_is_on_the_page_of_the_record_on_changes_and_in_the_feed(
    tmp_path: Path, folder: Callable[[Path], Path]
) -> None:
    output = made(folder(tmp_path), ADDRESS)
    line = "Limit 1: new, 2–4 mg"

    on_page = text_of(output, "dosage/hiccups.md")
    assert "1 March 2020. The limit of the dose was missing. Reason: The sentence bounds" in on_page
    assert line in on_page
    assert line in text_of(output, "changes/index.md")
    links = shown(output, "changes/index.md").xpath("//td/a/@href")
    assert [Path(link).with_suffix("") for link in links] == [Path("../dosage/hiccups")]
    (feed,) = (asset.content for asset in output.assets if asset.uri == "changes.atom")
    newest = ElementTree.fromstring(feed).findall(f"{ATOM}entry")[0]
    content = (newest.findtext(f"{ATOM}content") or "").replace("\u00a0", " ")
    assert f"  Hiccups: {line}" in content.split("\n")
    assert "  syrup: This term was removed on 2 March 2020." in content.split("\n")


def test_a_version_that_waits_has_the_day_of_its_newest_entry_in_the_feed(tmp_path: Path) -> None:
    output = made(corrected_folder(tmp_path), ADDRESS)
    (feed,) = (asset.content for asset in output.assets if asset.uri == "changes.atom")
    root = ElementTree.fromstring(feed)

    assert root.findtext(f"{ATOM}updated") == "2020-03-02T00:00:00Z"
    assert root.findall(f"{ATOM}entry")[0].findtext(f"{ATOM}updated") == "2020-03-02T00:00:00Z"


def test_a_version_that_waits_without_a_day_is_not_in_the_feed_and_is_on_changes(
    tmp_path: Path,
) -> None:
    data = released_once(tmp_path)
    write(data, "changes/next.yml", f"{NEXT}  - kind: wording\n    says: Plainer words.\n")
    output = made(data, ADDRESS)
    (feed,) = (asset.content for asset in output.assets if asset.uri == "changes.atom")

    assert len(ElementTree.fromstring(feed).findall(f"{ATOM}entry")) == 1
    assert "Not yet released as a version" in text_of(output, "changes/index.md")


def test_a_page_without_a_correction_says_nothing_of_any(tmp_path: Path) -> None:
    output = made(corrected_folder(tmp_path))

    assert "Corrections" not in text_of(output, "dosage/yawning.md")


def test_the_row_of_a_removed_record_says_that_it_is_gone(tmp_path: Path) -> None:
    output = made(corrected_folder(tmp_path))

    (row,) = shown(output, "glossary/index.md").xpath("//li[@id='term-syrup']")
    assert "syrup: This term was removed on 2\u00a0March\u00a02020." in row.text_content()
    assert "Reason: No page has it." in row.text_content()


def test_the_page_of_a_removed_record_says_that_it_is_gone_and_why(tmp_path: Path) -> None:
    data = released_once(tmp_path)
    (data / "regimens/yawning.yml").unlink()
    gone = (
        "  - kind: dose\n    says: The dose in yawning was withdrawn.\n    on: 2020-03-01\n"
        "    removed: [regimens/yawning]\n    why: The leaflet bans it.\n"
    )
    write(data, "changes/next.yml", NEXT + gone)

    output = made(data)
    text = text_of(output, "dosage/yawning.md")
    assert "This regimen was removed on 1 March 2020." in text.replace("\u00a0", " ")
    assert "The dose in yawning was withdrawn. Reason: The leaflet bans it." in text
    assert "dosage/yawning.html" not in output.renderer.addresses
    assert not [entry for entry in output.documents if "dosage/yawning" in str(entry["location"])]
    assert "Yawning: This regimen was removed" in text_of(output, "changes/index.md")
