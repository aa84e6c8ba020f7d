"""The search, by keys, online and from disk."""

from __future__ import annotations

import json
from dataclasses import dataclass

from built import Built
from playwright.sync_api import Page, expect
from visits import Heard

# A query, and the pages of which one must come first or second.
QUERIES = {
    "stroke": ("stroke",),
    "stroke dose": ("dosage/stroke-", "conditions/acute-ischaemic-stroke", "dosage/index"),
    "insult": ("stroke",),
    "ketamine": ("memory-after-anaesthesia", "glossary/"),
    "0.2 mg": ("dosage/mental-performance", "dosage/index"),
    "ACTH(4-10)": ("substance/index",),
    "MEHFPGP": ("substance/index",),
    "Семакс": ("substance/index", "glossary/"),
    "pregnancy": ("conditions/pregnancy", "safety/index"),
    "side effects": ("safety/index",),
    "trigeminal": ("trigeminal",),
}


@dataclass(frozen=True)
class Result:
    """One page that the search found."""

    uri: str
    text: str


def search(page: Page, query: str) -> list[Result]:
    """Press the search's key, type, and wait for what is found: the pages, best first."""
    ask(page, query)
    expect(page.locator(".md-search-result__meta")).to_contain_text("matching document")
    pages = page.locator("li.md-search-result__item")
    expect(pages.first).to_be_visible()
    links = [found.locator("a.md-search-result__link").first for found in pages.all()[:5]]
    return [Result(link.get_attribute("href") or "", link.inner_text()) for link in links]


def ask(page: Page, query: str) -> None:
    """Open the search by its key if it is closed, and put a query into it."""
    status = page.locator(".md-search-result__meta")
    if not page.evaluate("document.activeElement.matches('.md-search__input')"):
        page.keyboard.press("/")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    expect(status).to_contain_text("Type to start searching")
    page.keyboard.insert_text(query)  # at once: no results of half a query come in between
    page.keyboard.press("End")  # the search looks when a key is released


def known(site: Built, query: str) -> bool:
    """Whether the site has the query's words at all; the data may not, yet."""
    index = json.loads((site.site / "search/search_index.json").read_text(encoding="utf-8"))
    text = " ".join(entry["title"] + " " + entry["text"] for entry in index["docs"]).lower()
    words = query.lower().replace("(", " ").replace(")", " ").split()
    return all(word in text for word in words)


def test_typing_stroke_finds_pages_about_stroke(address: str, page: Page) -> None:
    heard = Heard(address)
    heard.listen(page)
    page.goto(f"{address}/glossary/index.html")

    page.keyboard.press("/")
    page.keyboard.type("stroke")

    first = page.locator("li.md-search-result__item a.md-search-result__link").first
    expect(first).to_contain_text("stroke", ignore_case=True)
    assert (first.get_attribute("href") or "").startswith(address)
    assert heard.strangers == []
    assert heard.complaints == []


def test_the_first_result_opens_by_the_keyboard(on_disk: str, page: Page) -> None:
    page.goto(f"{on_disk}/index.html")
    first = search(page, "stroke")[0]

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "stroke" in url)

    assert page.url.split("?")[0] == first.uri.split("?")[0]
    expect(page.locator("main h1")).to_contain_text("stroke")


def test_every_query_has_its_page_first_or_second(address: str, real: Built, page: Page) -> None:
    page.goto(f"{address}/index.html")

    tops = {
        query: [result.uri.split("?")[0].removeprefix(f"{address}/") for result in found[:2]]
        for query in QUERIES
        if known(real, query)
        for found in [search(page, query)]
    }

    assert {"stroke", "pregnancy"} <= set(tops)
    astray = {
        query: top
        for query, top in tops.items()
        if not any(expected in uri for expected in QUERIES[query] for uri in top)
    }
    assert astray == {}


def test_the_other_drug_is_found_by_its_own_names_only(other_on_disk: str, page: Page) -> None:
    page.goto(f"{other_on_disk}/index.html")
    results = search(page, "Экземплин")
    assert "substance/index.html" in results[0].uri

    page.goto(f"{other_on_disk}/index.html")
    ask(page, "stroke")
    expect(page.locator(".md-search-result__meta")).to_contain_text("No matching documents")
