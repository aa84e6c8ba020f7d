"""Charts in a browser: no text covers another, every bar has a width, in print as well."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

CHARTS = [
    "studies/index.html",
    "dosage/index.html",
    "substance/claims.html",
    "substance/history.html",
]
PRINTED = {"width": 688, "height": 1000}
SIZES = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}

# Texts that overlap, texts that reach out of the drawing, and texts beside a mark that cover a bar.
_FAULTS = """svg => {
  const boxOf = element => element.getBoundingClientRect()
  const over = (a, b, most = 0) => a.left < b.right - most && b.left < a.right - most
    && a.top < b.bottom - 4 * most && b.top < a.bottom - 4 * most
  const texts = [...svg.querySelectorAll("text.tick, tspan")]
  const lines = texts.filter(line => line.textContent.trim())
  const frame = boxOf(svg)
  const marks = [...svg.querySelectorAll(".bar, .part, .point")].map(boxOf)
  const out = lines.filter(line =>
    boxOf(line).left < frame.left - 1 || boxOf(line).right > frame.right + 1)
  const covering = lines.filter(line =>
    line.closest(".value") && marks.some(mark => over(boxOf(line), mark)))
  const colliding = lines.filter((line, at) =>
    lines.slice(at + 1).some(other => over(boxOf(line), boxOf(other), 1)))
  return [...out, ...covering, ...colliding].map(line => line.textContent)
}"""


def faults(page: Page) -> list[str]:
    """The texts at fault in the chart of the page that is open."""
    return list(page.locator(".chart-svg").evaluate(_FAULTS))


@pytest.mark.parametrize("uri", CHARTS)
@pytest.mark.parametrize("size", SIZES)
def test_no_text_of_a_chart_covers_another(
    size: str, uri: str, on_disk: str, browser: Browser
) -> None:
    context = browser.new_context(viewport=SIZES[size])
    page = context.new_page()
    page.goto(f"{on_disk}/{uri}")

    found = faults(page)
    context.close()

    assert found == []


@pytest.mark.parametrize("uri", CHARTS)
def test_a_printed_chart_is_whole_and_large_enough(uri: str, on_disk: str, page: Page) -> None:
    page.set_viewport_size(PRINTED)
    page.emulate_media(media="print")
    page.goto(f"{on_disk}/{uri}")

    scale, right = page.locator(".chart-svg").evaluate(
        "svg => [svg.getScreenCTM().a, svg.getBoundingClientRect().right]"
    )

    assert faults(page) == []
    assert 14 * scale >= 12  # 12 px are 9 pt
    assert right <= PRINTED["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_count_has_a_part_that_can_be_seen(
    scheme: str, on_disk: str, browser: Browser
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{on_disk}/studies/index.html")

    parts = page.locator(".chart-svg .part").evaluate_all(
        """parts => parts.map(part => {
          const style = getComputedStyle(part)
          const paper = getComputedStyle(document.body).backgroundColor
          return [part.getBoundingClientRect().width, style.stroke !== paper, style.fill !== "none"]
        })"""
    )
    context.close()

    assert len(parts) > 20
    assert all(width >= 3 and edge and fill for width, edge, fill in parts)
