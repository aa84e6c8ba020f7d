"""Layout at every width: no page scrolls sideways, no word is broken, no comma stands alone."""

from __future__ import annotations

import pytest
from built import Built
from playwright.sync_api import Browser, Page
from visits import one_of_each_kind

PHONES = [320, 390]
WIDTHS = [*PHONES, 768, 1280]

_SHARED = """
  const shown = ({ parentElement: around }) =>
    around.checkVisibility({ visibilityProperty: true }) && around.getBoundingClientRect().width > 1
    && !(around.closest("thead")?.getBoundingClientRect().width <= 1) // of cards: for ears alone
  const textsIn = root => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    const found = []
    while (walker.nextNode()) if (shown(walker.currentNode)) found.push(walker.currentNode)
    return found
  }
  const boxesOf = (node, from, to) => {
    const range = document.createRange()
    range.setStart(node, from)
    range.setEnd(node, to)
    return [...range.getClientRects()].filter(box => box.width)
  }
  document.querySelectorAll("details").forEach(details => { details.open = true })
"""
# Words of letters alone that stand on more than one line; codes, places and addresses may break.
_BROKEN_WORDS = f"""() => {{ {_SHARED}
  return textsIn(document.querySelector("main"))
    .filter(node => !node.parentElement.closest("code, .locator, .digest, .formula, svg, pre"))
    .flatMap(node => [...node.data.matchAll(/(?<![^\\s(“])\\p{{L}}{{2,24}}(?![^\\s,;:.)”])/gu)]
      .filter(found => {{
        const boxes = boxesOf(node, found.index, found.index + found[0].length)
        return new Set(boxes.map(box => Math.round(box.top))).size > 1
      }})
      .map(found => found[0]))
}}"""
# Marks that begin a line although something stands before them in their paragraph or cell.
_LONE_MARKS = f"""() => {{ {_SHARED}
  const around = node =>
    node.parentElement.closest("td, th, li, p, dd, dt, caption, figcaption, summary, details, div")
  const texts = textsIn(document.querySelector("main"))
  return texts.filter((node, at) => {{
    const before = texts.slice(0, at).reverse().find(each => each.data.trim())
    if (!/^[,;:.)]/.test(node.data) || !before || around(before) !== around(node)) return false
    const [mark] = boxesOf(node, 0, 1)
    const last = boxesOf(before, 0, before.data.trimEnd().length).at(-1)
    return mark && last && mark.top >= last.bottom - 2
  }}).map(node => node.parentElement.textContent.slice(0, 60))
}}"""
_SIDEWAYS = "[document.scrollingElement.scrollWidth, innerWidth]"


def on_each_page(browser: Browser, real: Built, address: str, width: int, script: str) -> dict:
    """What a script returns on one page of each kind at a width, by the page's address."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    answers = {}
    for uri in one_of_each_kind(real.site):
        page.goto(f"{address}/{uri}")
        answers[uri] = page.evaluate(script)
    context.close()
    return answers


@pytest.mark.parametrize("width", PHONES)
def test_no_page_scrolls_sideways(width: int, on_disk: str, real: Built, browser: Browser) -> None:
    measured = on_each_page(browser, real, on_disk, width, _SIDEWAYS)

    assert {uri: wide for uri, (wide, screen) in measured.items() if wide > screen} == {}


@pytest.mark.parametrize(
    ("uri", "width"),
    [
        *(("glossary/index.html", width) for width in PHONES),
        ("dosage/index.html", 1280),
        ("dosage/strengths-and-volumes.html", 1280),
        ("studies/index.html", 1280),
    ],
)
def test_no_table_scrolls_sideways(uri: str, width: int, on_disk: str, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{on_disk}/{uri}")

    scrolling = page.locator(".scroll").evaluate_all(
        "frames => frames.filter(frame => frame.scrollWidth > frame.clientWidth + 1).length"
    )

    assert scrolling == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_no_word_is_broken(width: int, on_disk: str, real: Built, browser: Browser) -> None:
    broken = on_each_page(browser, real, on_disk, width, _BROKEN_WORDS)

    assert {uri: words for uri, words in broken.items() if words} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_no_comma_begins_a_line(width: int, on_disk: str, real: Built, browser: Browser) -> None:
    alone = on_each_page(browser, real, on_disk, width, _LONE_MARKS)

    assert {uri: marks for uri, marks in alone.items() if marks} == {}


@pytest.mark.parametrize(
    ("script", "spoiled"),
    [
        (_BROKEN_WORDS, "<p style='width:3ch;overflow-wrap:anywhere'>Eligibility</p>"),
        (
            _LONE_MARKS,
            "<p style='width:min-content'><a style='display:inline-block'>Migraine</a>, x</p>",
        ),
    ],
)
def test_a_planted_fault_is_found(script: str, spoiled: str, on_disk: str, page: Page) -> None:
    page.goto(f"{on_disk}/about/index.html")
    page.evaluate(
        "html => document.querySelector('main').insertAdjacentHTML('afterbegin', html)", spoiled
    )

    assert page.evaluate(script)


# Links in lists, tables and definitions that are lower than a finger needs (WCAG 2.2, 2.5.8).
_LOW_TARGETS = """() => [...document.querySelectorAll("main :is(a, button, summary), footer a")]
  .filter(target => target.checkVisibility({ visibilityProperty: true }))
  .filter(target => !target.closest("p, .headerlink, svg, .lede, .note"))
  .map(target => [target.textContent.trim(), target.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && box.height < 23.5)
  .map(([text, box]) => `${text}: ${Math.round(box.height)}`)"""


@pytest.mark.parametrize("width", [390, 1280])
def test_every_target_outside_a_sentence_is_24_pixels_high(
    width: int, on_disk: str, real: Built, browser: Browser
) -> None:
    low = on_each_page(browser, real, on_disk, width, _LOW_TARGETS)

    assert {uri: targets for uri, targets in low.items() if targets} == {}
