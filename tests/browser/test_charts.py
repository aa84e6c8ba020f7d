"""Charts in a browser: no text covers another, every bar has a width, in print as well."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

CHARTS = [
    "studies/index.html",
    "dosage/index.html",
    "substance/claims.html",
    "substance/history.html",
    "sources/index.html",
]
PRINTED = {"width": 688, "height": 1000}
SIZES = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}

# Texts that overlap, texts that reach out of the drawing, and texts beside a mark that cover a bar.
_FAULTS = """svgs => svgs.flatMap(svg => {
  const boxOf = element => element.getBoundingClientRect()
  const over = (a, b, most = 0) => a.left < b.right - most && b.left < a.right - most
    && a.top < b.bottom - 4 * most && b.top < a.bottom - 4 * most
  const texts = [...svg.querySelectorAll("tspan")]
  const lines = texts.filter(line => line.textContent.trim())
  const frame = boxOf(svg)
  const marks = [...svg.querySelectorAll(".bar, .part, .point, .filled, .area")].map(boxOf)
  const out = lines.filter(line =>
    boxOf(line).left < frame.left - 1 || boxOf(line).right > frame.right + 1)
  const covering = lines.filter(line =>
    line.closest(".value") && marks.some(mark => over(boxOf(line), mark)))
  const colliding = lines.filter((line, at) =>
    lines.slice(at + 1).some(other => over(boxOf(line), boxOf(other), 1)))
  return [...out, ...covering, ...colliding].map(line => line.textContent)
})"""


def faults(page: Page) -> list[str]:
    """The texts at fault in the pictures of the page that is open."""
    return list(page.locator(".chart-svg").evaluate_all(_FAULTS))


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

    panels = page.locator(".chart-svg").evaluate_all(
        "svgs => svgs.map(svg => [svg.getScreenCTM().a, svg.getBoundingClientRect().right])"
    )

    assert faults(page) == []
    for scale, right in panels:
        assert 14 * scale >= 12  # 12 px are 9 pt
        assert right <= PRINTED["width"]


@pytest.mark.parametrize("uri", ["dosage/index.html", "substance/history.html"])
def test_a_phone_shows_a_narrow_picture_whole(uri: str, on_disk: str, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{on_disk}/{uri}")

    ends = page.locator(".narrow .chart-svg").evaluate_all(
        "svgs => svgs.map(svg => svg.getBoundingClientRect().right)"
    )

    assert ends
    assert max(ends) <= 320


def test_the_links_below_a_picture_lead_to_its_files(on_disk: str, page: Page) -> None:
    page.goto(f"{on_disk}/dosage/index.html")
    links = page.locator("figure.chart figcaption a")
    addresses = [links.nth(at).evaluate("link => link.href") for at in range(2)]

    assert [address.rpartition("/")[2] for address in addresses] == ["doses.svg", "doses.csv"]
    page.goto(addresses[0])
    assert page.locator("svg title").first.text_content() == "Doses by condition and source"


def test_marks_can_be_distinguished_in_forced_colours(on_disk: str, browser: Browser) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{on_disk}/dosage/index.html")
    hollow, filled = (
        page.locator(f".chart-svg .{kind}").first.evaluate("mark => getComputedStyle(mark).fill")
        for kind in ("point", "filled")
    )
    context.close()

    assert hollow != filled


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
