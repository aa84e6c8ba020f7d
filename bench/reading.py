"""Prints as JSON what a reader waits for: the bytes of a first view, and answers of the search.

    CHROMIUM=/usr/bin/chromium python bench/reading.py site

The site is served on loopback. Bytes are counted as a server with gzip sends them. The time of an
answer is that from a key to the first result in the page, by the clock of the browser.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import sys
from pathlib import Path

import static_server
from playwright.sync_api import Browser, Page, Response, sync_playwright

COMPRESSED_ALREADY = (".png", ".woff2", ".zip", ".gz")
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
    """Return the kB that a first visit to the front page loads: in all, and by type of file."""
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(f"{address}/index.html")
    page.wait_for_load_state("networkidle")
    sizes: dict[str, float] = {}
    for response in responses:
        kind = response.request.resource_type
        sizes[kind] = sizes.get(kind, 0) + _sent(response) / 1000
    return {"all": round(sum(sizes.values()), 1)} | {k: round(v, 1) for k, v in sizes.items()}


def _sent(response: Response) -> int:
    body = response.body()
    return len(body) if response.url.endswith(COMPRESSED_ALREADY) else len(gzip.compress(body, 9))


def answers(browser: Browser, address: str) -> dict[str, float]:
    """Return the milliseconds from a key to the first result.

    `at once` and `typed` are medians of new readers, who wait for the index to be fetched and
    parsed: they type without a pause, and as a fast typist. For the others the index is loaded.
    """
    at_once, typed = (
        statistics.median(
            _answer(_new_reader(browser, address), QUERIES[0], pause=0, delay=between)
            for _ in range(NEWCOMERS)
        )
        for between in (0, FAST_TYPIST)
    )
    page = _new_reader(browser, address)
    _answer(page, QUERIES[0], pause=0)
    loaded = [_answer(page, query, pause=400) for query in QUERIES for _ in range(3)]
    return {
        "at once": round(at_once, 1),
        "typed": round(typed, 1),
        "median": round(statistics.median(loaded), 1),
        "largest": round(max(loaded), 1),
    }


def _new_reader(browser: Browser, address: str) -> Page:
    """Return the front page in a browser without a cache."""
    page = browser.new_context().new_page()
    page.goto(f"{address}/index.html")
    page.wait_for_load_state("networkidle")
    return page


def _answer(page: Page, query: str, pause: float, delay: float = 0) -> float:
    """Return the milliseconds of the last letter of a query, typed after a pause."""
    box = page.locator(".md-search__input")
    box.click()
    box.press("Control+A")
    box.press("Backspace")
    box.press_sequentially(query[:-1], delay=delay)
    page.wait_for_timeout(pause)
    page.evaluate(SHOWN)
    box.press_sequentially(query[-1])
    return float(page.evaluate("() => window.answered"))


def main(site: Path) -> dict[str, dict[str, float]]:
    """Return the sizes of the first view of a site, and the times of its search."""
    with sync_playwright() as playwright, static_server.serving(site) as address:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        measured = {
            "first view, kB": first_view(browser, address),
            "search, ms": answers(browser, address),
        }
        browser.close()
    return measured


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1])), indent=1))
