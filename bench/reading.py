"""Prints as JSON what a reader waits for: the bytes of a first view, and the search's answers.

    CHROMIUM=/usr/bin/chromium python bench/reading.py site

The site is served on loopback. Bytes are those that a server with gzip would send; the time of an
answer runs from the key to the first hit in the page, in the reader's own clock.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import sys
from pathlib import Path

import loopback
from playwright.sync_api import Browser, Page, Response, sync_playwright

PACKED_ALREADY = (".png", ".woff2", ".zip", ".gz")
# Words of the site itself, whatever it is about, a letter more each time.
QUERIES = ("dose", "contraindication", "study", "twice a day", "half-life", "mg")
NEWCOMERS = 5
FAST_TYPIST = 100  # milliseconds between keys: 120 words a minute
SHOWN = """
  window.answered = new Promise(done => {
    let pressed = 0
    addEventListener("keydown", () => { pressed = performance.now() }, true)
    const list = document.querySelector(".md-search-result__list")
    new MutationObserver(() => {
      if (pressed && list.querySelector("a")) done(performance.now() - pressed)
    }).observe(list, { childList: true, subtree: true })
  }), 0
"""


def first_view(browser: Browser, address: str) -> dict[str, float]:
    """What a first visit to the front page sends, in kB: in all, and by the kind of file."""
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    heard: list[Response] = []
    page.on("response", lambda response: heard.append(response))
    page.goto(f"{address}/index.html")
    page.wait_for_load_state("networkidle")
    sizes: dict[str, float] = {}
    for response in heard:
        kind = response.request.resource_type
        sizes[kind] = sizes.get(kind, 0) + _sent(response) / 1000
    return {"all": round(sum(sizes.values()), 1)} | {k: round(v, 1) for k, v in sizes.items()}


def _sent(response: Response) -> int:
    body = response.body()
    return len(body) if response.url.endswith(PACKED_ALREADY) else len(gzip.compress(body, 9))


def answers(browser: Browser, address: str) -> dict[str, float]:
    """Milliseconds from a key to the first hit.

    The first two are medians of readers who have just come, whose search waits for the index to be
    fetched and read: some type without a pause, some as a fast typist. The others find it there.
    """
    at_once, typed = (
        statistics.median(
            _answer(_come(browser, address), QUERIES[0], pause=0, a_key=between)
            for _ in range(NEWCOMERS)
        )
        for between in (0, FAST_TYPIST)
    )
    page = _come(browser, address)
    _answer(page, QUERIES[0], pause=0)
    later = [_answer(page, query, pause=400) for query in QUERIES for _ in range(3)]
    return {
        "at once": round(at_once, 1),
        "typed": round(typed, 1),
        "median": round(statistics.median(later), 1),
        "largest": round(max(later), 1),
    }


def _come(browser: Browser, address: str) -> Page:
    """The front page, as a reader finds it who was never here."""
    page = browser.new_context().new_page()
    page.goto(f"{address}/index.html")
    page.wait_for_load_state("networkidle")
    return page


def _answer(page: Page, query: str, pause: float, a_key: float = 0) -> float:
    """What the last letter of a query takes; before it, what came earlier is answered."""
    box = page.locator(".md-search__input")
    box.click()
    box.press("Control+A")
    box.press("Backspace")
    box.press_sequentially(query[:-1], delay=a_key)
    page.wait_for_timeout(pause)
    page.evaluate(SHOWN)
    box.press_sequentially(query[-1])
    return float(page.evaluate("() => window.answered"))


def main(site: Path) -> dict[str, dict[str, float]]:
    """The first view and the answers of the search of a site."""
    with sync_playwright() as playwright, loopback.serving(site) as address:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        told = {
            "first view, kB": first_view(browser, address),
            "search, ms": answers(browser, address),
        }
        browser.close()
    return told


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1])), indent=1))
