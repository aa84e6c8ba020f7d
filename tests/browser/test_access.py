"""Barriers: axe-core over one page of each kind, in both palettes, at a desk and on a phone."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest
from built import Built
from playwright.sync_api import Browser, Page
from visits import one_of_each_kind

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# WCAG 2.2, levels A and AA.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIZES = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}

_RUN = """rules => axe.run(document, { runOnly: rules, resultTypes: ["violations"] })
  .then(found => found.violations.map(each =>
    `${each.id}: ${each.nodes.map(node => node.html.slice(0, 120)).join(" | ")}`))"""


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page that is open."""
    page.evaluate(AXE)
    return list(page.evaluate(_RUN, RULES))


# As a reader finds each card who has scrolled to it: on a phone, the others have no height yet.
LAY_OUT = """() => {
  for (const row of document.querySelectorAll("tr")) row.style.contentVisibility = "visible"
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_no_page_holds_a_barrier(
    size: str, scheme: str, served: str, real: Built, browser: Browser
) -> None:
    context = browser.new_context(viewport=SIZES[size], color_scheme=scheme)
    page = context.new_page()
    found = {}

    for uri in one_of_each_kind(real.site):
        page.goto(f"{served}/{uri}")
        page.evaluate(LAY_OUT)
        found[uri] = violations(page)
    context.close()

    assert {uri: faults for uri, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        ("document.querySelector('h1').style.color = '#ddd'", "color-contrast"),
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
        (
            "document.querySelector('main').insertAdjacentHTML('afterbegin', '<img src=x>')",
            "image-alt",
        ),
    ],
)
def test_a_planted_barrier_is_found(spoil: str, rule: str, served: str, page: Page) -> None:
    page.goto(f"{served}/about/index.html")
    page.evaluate(spoil)

    assert [violation.partition(":")[0] for violation in violations(page)] == [rule]
