"""The page that verifies a copy in the reader's own browser."""

from __future__ import annotations

import shutil
from pathlib import Path

from built import Built, unzipped
from playwright.sync_api import Page, expect
from visits import pages_of


def verified(page: Page, address: str) -> dict[str, tuple[str, str]]:
    """What verify.html counts: checked and faults, by what was checked."""
    page.goto(f"{address}/verify.html")
    page.get_by_role("button", name="Check all pages").click()
    expect(page.locator("#verify-search")).not_to_have_text("not yet", timeout=120_000)
    counted = {}
    for what in ("pages", "links", "anchors", "search"):
        checked = page.locator(f"#verify-{what}").inner_text()
        counted[what] = (checked, page.locator(f"#verify-{what}-faults").inner_text())
    return counted


def test_a_complete_copy_has_no_fault(other: Built, other_on_disk: str, page: Page) -> None:
    counted = verified(page, other_on_disk)

    assert counted["pages"] == (str(len(pages_of(other.site))), "0")
    assert {what: faults for what, (_, faults) in counted.items()} == {
        "pages": "0",
        "links": "0",
        "anchors": "0",
        "search": "0",
    }
    assert int(counted["links"][0]) > 500
    assert int(counted["anchors"][0]) > 100


def test_a_damaged_copy_is_reported(other: Built, tmp_path: Path, page: Page) -> None:
    copy = unzipped(other, tmp_path)
    (copy / "glossary" / "index.html").unlink()
    safety = copy / "safety" / "index.html"
    safety.write_text(safety.read_text(encoding="utf-8").replace('id="caution-', 'id="lost-'))
    shutil.rmtree(copy / "search")

    counted = verified(page, copy.as_uri())

    assert counted["pages"][1] == "1"
    assert int(counted["links"][1]) > 0
    assert int(counted["anchors"][1]) > 0
    assert counted["search"] == ("1", "1")
    expect(page.locator("#verify-faults")).to_contain_text("glossary/index.html does not open")
