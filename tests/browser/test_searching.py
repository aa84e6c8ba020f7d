"""The search, by keys, online and from disk."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import yaml
from built import Built
from playwright.sync_api import Page, expect
from visits import Heard

QUERIES = yaml.safe_load(
    (Path(__file__).parent / "queries.yml").read_text(encoding="utf-8"),
)
FIRST = 0.97
# From the release of a key until the first row is drawn, in the middle of all queries.
MILLISECONDS = 100

# Types a query at once; resolves with the milliseconds until results stand on the page.
TIMED = """query => new Promise(done => {
  const status = document.querySelector(".md-search-result__meta")
  const start = performance.now()
  new MutationObserver((_, watching) => { watching.disconnect(); done(performance.now() - start) })
    .observe(status, {childList: true, characterData: true, subtree: true})
  const box = document.querySelector(".md-search__input")
  box.value = query
  box.dispatchEvent(new InputEvent("input", {bubbles: true}))
})"""


@dataclass(frozen=True)
class Result:
    """One row that the search found."""

    uri: str
    text: str


def search(page: Page, query: str) -> list[Result]:
    """Press the search's key, type, and wait for what is found: the rows, best first."""
    ask(page, query)
    expect(page.locator(".md-search-result__meta")).to_contain_text(re.compile(r"\d results?"))
    return results(page)


def results(page: Page) -> list[Result]:
    """The rows shown, at most five."""
    expect(page.locator("a.md-search-result__link").first).to_be_visible()
    # Found and read in one step, since rows that are found meanwhile take the place of others.
    links = page.evaluate(
        "[...document.querySelectorAll('a.md-search-result__link')]"
        ".slice(0, 5).map(link => [link.href, link.innerText])"
    )
    return [Result(*link) for link in links]


def ask(page: Page, query: str) -> None:
    """Open the search by its key if it is closed, and put a query into it."""
    empty(page)
    page.keyboard.insert_text(query)  # at once: no results of half a query come in between


def empty(page: Page) -> None:
    """Open the search by its key if it is closed, and empty it."""
    if not page.evaluate("document.activeElement.matches('.md-search__input')"):
        page.keyboard.press("/")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    expect(page.locator(".md-search-result__meta")).to_contain_text("Type to start searching")


def bare(result: Result, address: str) -> str:
    """The address of a row from the site's root, without the words to be marked there."""
    page, _, anchor = result.uri.removeprefix(f"{address}/").partition("#")
    return page.partition("?")[0] + (f"#{anchor}" if anchor else "")


def answers(query: Mapping[str, Any], uri: str) -> bool:
    """Whether an address is one of those that answer a query."""
    return any(fnmatchcase(uri, pattern) for pattern in query["finds"])


def test_every_query_leads_to_its_answer(address: str, page: Page) -> None:
    page.goto(f"{address}/index.html")
    search(page, "dose")
    tops: dict[str, list[str]] = {}
    seconds = []

    for query in QUERIES:
        empty(page)
        seconds.append(page.evaluate(TIMED, query["ask"]))
        tops[query["ask"]] = [bare(result, address) for result in results(page)[:3]]

    first = [query["ask"] for query in QUERIES if answers(query, tops[query["ask"]][0])]
    astray = {
        query["ask"]: tops[query["ask"]]
        for query in QUERIES
        if not any(answers(query, uri) for uri in tops[query["ask"]])
    }
    assert astray == {}
    assert len(first) / len(QUERIES) >= FIRST, set(tops) - set(first)
    assert median(seconds) <= MILLISECONDS


def test_every_expected_address_is_there(real: Built) -> None:
    index = (real.site / "search/search_index.json").read_text(encoding="utf-8")
    known = [doc["location"] for doc in yaml.safe_load(index)["docs"]]

    gone = [
        (query["ask"], pattern)
        for query in QUERIES
        for pattern in query["finds"]
        if not any(fnmatchcase(uri, pattern) for uri in known)
    ]

    assert gone == []


def test_a_result_shows_the_row_its_kind_and_its_first_line(address: str, page: Page) -> None:
    page.goto(f"{address}/index.html")

    first = search(page, "severe stroke")[0]

    assert first.text.replace("\u00a0", " ").split("\n") == [
        "Acute ischaemic stroke, severe Dose, web article",
        "9 mg twice a day for 1 week, intranasal; strength not reported. Computed: 18 mg a day, "
        "126 mg in all. Sources disagree on the dose and the duration. Semax 1% (seller's English "
        "leaflet) (label page, single facts read): 3 drops in each …",
    ]


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_suggested_lies_under_what_is_typed(address: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/index.html")
    page.keyboard.press("/")
    page.locator(".md-search__input").press_sequentially("contraindic")
    expect(page.locator(".md-search__suggest")).to_have_text(re.compile("^contraindic.+"))

    # One reading for both, since the box may still be moving into its place.
    typed, suggested = page.evaluate(
        "['input', 'suggest'].map(name => document.querySelector(`.md-search__${name}`))"
        ".map(one => [getComputedStyle(one).font, getComputedStyle(one).paddingLeft,"
        " one.getBoundingClientRect().x, one.getBoundingClientRect().y])"
    )
    assert typed == suggested


def test_no_key_but_the_arrows_is_needed_to_open_a_row(address: str, page: Page) -> None:
    page.goto(f"{address}/glossary/index.html")
    box = page.locator(".md-search__input")

    second = search(page, "pregnancy")[1]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("a.md-search-result__link").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "glossary" not in url)

    assert page.url.partition("?")[0] == second.uri.partition("?")[0]
    assert page.url.partition("#")[2] == second.uri.partition("#")[2]


@pytest.mark.parametrize("kind", ["insertFromPaste", "insertFromDrop", "insertReplacementText"])
def test_text_that_no_key_brought_is_searched_for(address: str, page: Page, kind: str) -> None:
    """Pasted by mouse, dropped, or spoken: a browser then tells of input and of no key."""
    page.goto(f"{address}/glossary/index.html")
    page.locator(".md-search__input").evaluate(
        """(box, kind) => {
          box.value = "pregnancy"
          box.dispatchEvent(new InputEvent("input", {bubbles: true, inputType: kind}))
        }""",
        kind,
    )

    assert "pregnan" in results(page)[0].text.lower()
    expect(page.locator(".md-search-result__list")).to_be_visible()


def test_escape_leaves_the_search(address: str, page: Page) -> None:
    page.goto(f"{address}/glossary/index.html")
    search(page, "pregnancy")

    page.keyboard.press("Escape")

    expect(page.locator(".md-search__input")).not_to_be_focused()
    expect(page.locator(".md-search-result__list")).to_be_hidden()


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("pregnncy", "pregnancy"), ("pregnanncy", "pregnancy"), ("pergnancy", "pregnancy")],
)
def test_a_word_one_slip_away_is_found(on_disk: str, page: Page, slip: str, meant: str) -> None:
    page.goto(f"{on_disk}/index.html")

    right = [bare(result, on_disk) for result in search(page, meant)[:3]]
    wrong = [bare(result, on_disk) for result in search(page, slip)[:3]]

    assert wrong == right


@pytest.mark.parametrize("query", ["zzyzx", "~^*+", '"'])
def test_an_unknown_word_finds_nothing_and_breaks_nothing(
    address: str, page: Page, query: str
) -> None:
    heard = Heard(address)
    heard.listen(page)
    page.goto(f"{address}/index.html")
    search(page, "pregnancy")

    ask(page, query)
    page.keyboard.press("End")

    expect(page.locator(".md-search-result__meta")).to_contain_text("No results")
    assert search(page, "pregnancy")
    assert heard.complaints == []


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


def test_the_other_drug_is_found_by_its_own_names_only(other_on_disk: str, page: Page) -> None:
    page.goto(f"{other_on_disk}/index.html")
    results = search(page, "Экземплин")
    assert "substance/index.html" in results[0].uri

    page.goto(f"{other_on_disk}/index.html")
    ask(page, "stroke")
    page.keyboard.press("End")
    expect(page.locator(".md-search-result__meta")).to_contain_text("No results")


# ---- many rows ---------------------------------------------------------------------------------

CALLED = ("title", "names", "about", "queries")
ROWS = 1200  # more than the script indexes in one piece


@pytest.fixture
def many(real: Built, served: str, page: Page) -> list[dict[str, Any]]:
    """The rows of the site with as many again that say nothing, as its front page fetches them."""
    index = json.loads((real.site / "search" / "search_index.json").read_text(encoding="utf-8"))
    docs: list[dict[str, Any]] = index["docs"]
    filling = range(ROWS - len(docs))
    blank = {"text": "lorem ipsum", "kind": "Row", "boost": 1}
    index["docs"] = docs + [
        {**blank, "location": f"nowhere.html#{number}", "title": f"lorem {number}"}
        for number in filling
    ]
    page.route("**/search/search_index.json", lambda route: route.fulfill(json=index))
    page.goto(f"{served}/index.html")
    return docs


def test_of_many_rows_what_they_say_is_found_as_well(
    many: list[dict[str, Any]], served: str, page: Page
) -> None:
    called = {word for doc in many for name in CALLED for word in words(doc.get(name, ""))}
    said, row = next(
        (word, doc)
        for doc in many
        for word in words(doc.get("more", ""))
        if word not in called and sum(word in words(str(value)) for value in many) == 1
    )

    found = search(page, said)

    assert [bare(result, served) for result in found] == [row["location"]]
    assert bare(search(page, "severe stroke")[0], served) == "dosage/stroke-severe.html"


def test_an_answer_of_what_rows_are_called_gives_way_to_one_of_all(
    many: list[dict[str, Any]], page: Page
) -> None:
    meta = page.locator(".md-search-result__meta")
    search(page, "nasal")
    page.wait_for_function("() => !document.querySelector('.md-search-result__meta').hidden")
    expect(page.locator("a.md-search-result__link").first).to_be_visible()
    page.wait_for_timeout(1500)
    shown_count = meta.inner_text()
    assert len(page.workers) == 2

    search(page, "stroke")
    search(page, "nasal")

    assert meta.inner_text() == shown_count


def words(text: str) -> set[str]:
    """The plain words of a text."""
    return set(re.findall(r"[a-z]{5,}", text.lower()))
