"""Markup in every text of the data, in a real browser; and what the policy of a page stops."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hostile
import pytest
import static_server
from built import Built, published
from folders import OTHER
from playwright.sync_api import Browser, BrowserContext, Page, expect
from visits import Heard, pages_of

# What a browser makes of a page: each element with the names of its attributes, and all that reads
# as text, in elements and in the attributes that are read out or shown.
SEEN = """html => {
  const page = new DOMParser().parseFromString(html, "text/html")
  const elements = [...page.querySelectorAll("*")].map(each =>
    [each.localName, ...[...each.attributes].map(attribute => attribute.name).sort()].join(" "))
  page.querySelectorAll("script, style, template").forEach(each => each.remove())
  const shown = /^(title|alt|content|placeholder|value|label|aria-.*|data-.*)$/
  const attributes = [...page.querySelectorAll("*")].flatMap(each =>
    [...each.attributes].filter(({ name }) => shown.test(name)).map(({ value }) => value))
  return { elements, texts: [page.documentElement.textContent, ...attributes] }
}"""


@dataclass(frozen=True)
class Sites:
    """The website with markup in every text, the one of the same shape without, and the texts."""

    texts: list[hostile.Text]
    hostile: Path
    harmless: Path
    address: str
    """Where a local server shows the hostile one."""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    base = tmp_path_factory.mktemp("hostile")
    texts = hostile.write(OTHER, base / "a", hostile.texts(OTHER), lambda text: text.hostile)
    hostile.write(OTHER, base / "b", texts, lambda text: text.harmless)
    with ThreadPoolExecutor() as builds:
        made = builds.map(published, (base / "a", base / "b"), (base / "site-a", base / "site-b"))
        poisoned, plain = made
    with static_server.serving(poisoned) as address:
        yield Sites(texts, poisoned, plain, address)


@pytest.fixture(scope="module")
def unguarded(browser: Browser) -> Iterator[BrowserContext]:
    """A reader whose browser knows no policy, so that nothing but the pages themselves is tried."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def seen(sites: Sites, unguarded: BrowserContext) -> dict[str, tuple[Any, Any]]:
    """What Chromium makes of each page: the hostile one, and the harmless one."""
    page = unguarded.new_page()

    def look(folder: Path, uri: str) -> Any:
        return page.evaluate(SEEN, (folder / uri).read_text(encoding="utf-8"))

    uris = [*pages_of(sites.hostile), "404.html"]
    assert uris == [*pages_of(sites.harmless), "404.html"]
    made = {uri: (look(sites.hostile, uri), look(sites.harmless, uri)) for uri in uris}
    page.close()
    return made


def test_no_element_and_no_attribute_is_there_that_the_template_did_not_write(
    seen: dict[str, tuple[Any, Any]],
) -> None:
    for uri, (poisoned, plain) in seen.items():
        assert set(poisoned["elements"]) == set(plain["elements"]), uri
        # A chart breaks a text into lines by the width of its letters, each in a tspan.
        counts = Counter(poisoned["elements"]), Counter(plain["elements"])
        poisoned_counts, plain_counts = ({**count, "tspan dy x": 0} for count in counts)
        assert poisoned_counts == plain_counts, uri


def test_every_text_is_shown_as_in_the_data(
    sites: Sites,
    seen: dict[str, tuple[Any, Any]],
    record_property: Callable[[str, object], None],
) -> None:
    shown: Counter[str] = Counter()
    for uri, (poisoned, plain) in seen.items():
        read, expected = _folded(poisoned["texts"]), _folded(plain["texts"])
        for text in sites.texts:
            times = expected.count(text.word)
            whole = _folded([text.hostile.removeprefix(" ".join(text.words))])
            assert read.count(text.word) == read.count(whole) == times, (uri, text)
            shown[text.field] += times
    read_somewhere = [field for field, times in shown.items() if times]
    record_property("fields shown", f"{len(read_somewhere)} of {len(shown)}")
    print(f"{sum(shown.values())} places of {len(read_somewhere)} of {len(shown)} fields")

    assert len(read_somewhere) > 120


def _folded(texts: list[str]) -> str:
    """Texts as one, in one case, without spaces, full stops and dashes.

    A page may begin a text with a capital, a chart breaks it into lines, and the style of
    citations leaves the stops out of a journal's name and has a dash of its own between pages.
    """
    return re.sub(r"[\s.–-]+", "", "\n".join(texts)).casefold()


def test_nothing_runs_on_any_page(sites: Sites, unguarded: BrowserContext) -> None:
    page = unguarded.new_page()
    heard = Heard(sites.address)
    heard.listen(page)
    opened: list[str] = []
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    page.on("popup", lambda other: opened.append(other.url))
    for uri in pages_of(sites.hostile):
        page.goto(f"{sites.address}/{uri}")
        # What waits for a reader's doing is done at once: every event that a payload names.
        page.evaluate(
            """() => document.querySelectorAll("body *").forEach(each =>
              ["mouseover", "focus", "load", "error", "click-not"].forEach(name =>
                each.dispatchEvent(new Event(name))))"""
        )
        assert page.evaluate("'HIT' in window") is False, uri
        assert page.url == f"{sites.address}/{uri}"
    page.close()

    assert opened == []
    assert heard.strangers == []
    assert heard.complaints == []


def test_nothing_runs_where_a_reader_points(sites: Sites, unguarded: BrowserContext) -> None:
    page = unguarded.new_page()
    page.goto(f"{sites.address}/studies/index.html")
    explained = page.locator("[title]:visible")
    before = Counter(page.evaluate(SEEN, page.content())["elements"])
    explained.evaluate_all(
        "all => all.forEach(each => each.dispatchEvent(new Event('mouseenter')))"
    )
    page.locator("main [title]:visible").first.hover()
    page.wait_for_timeout(1000)  # longer than the theme waits before it explains

    assert explained.count() > 20
    assert Counter(page.evaluate(SEEN, page.content())["elements"]) == before
    assert page.evaluate("'HIT' in window") is False
    page.close()


def test_the_sentinel_is_seen_where_markup_runs(unguarded: BrowserContext) -> None:
    page = unguarded.new_page()
    page.set_content(hostile.PAYLOADS[2])

    page.wait_for_function("'HIT' in window")
    page.close()


def _hits(page: Page, words: str) -> tuple[Counter[str], str]:
    """The elements of the search's results for a word, once they hold it, and what they read."""
    box = page.locator(".md-search__input")
    box.fill(words)
    box.press("Shift")
    expect(page.locator(".md-search-result__link", has_text=words).first).to_be_visible()
    results = page.locator(".md-search-result__list, .md-search__suggest")
    html = "".join(results.evaluate_all("all => all.map(each => each.innerHTML)"))
    made = page.evaluate(SEEN, html)
    return Counter(
        element for element in made["elements"] if not element.startswith("mark")
    ), _folded(made["texts"])


def test_the_search_shows_results_as_in_the_data(sites: Sites, unguarded: BrowserContext) -> None:
    page = unguarded.new_page()
    page.goto(f"{sites.address}/index.html")
    page.locator(".md-search__input").click()
    names = {
        text.file.partition("/")[0]: text
        for text in sites.texts
        if text.where in (("name",), ("title",))
    }
    for text in names.values():
        elements, words = _hits(page, text.word)
        tags = {element.partition(" ")[0] for element in elements}
        allowed = {"html", "head", "body", "li", "a", "article", "h1", "h2", "small", "span", "div"}
        assert tags - allowed - {"p", "details", "summary"} == set(), text
        assert not [element for element in elements if re.search(r" on|style|src", element)], text
        assert _folded([text.hostile]) in words, text
        assert page.evaluate("'HIT' in window") is False
    page.close()

    assert len(names) > 15


def test_what_a_reader_types_is_no_markup(sites: Sites, unguarded: BrowserContext) -> None:
    page = unguarded.new_page()
    page.goto(f"{sites.address}/index.html")
    page.locator(".md-search__input").click()
    suggested = page.locator(".md-search__suggest")
    box = page.locator(".md-search__input")
    for typed, completed in (("of exampl", "of example"), ("<b>of</b> exampl", "")):
        box.fill(typed)
        box.press("Shift")
        expect(suggested).to_have_text(completed)
        assert suggested.evaluate("each => each.childElementCount") == 0
    page.close()


# ---- the policy -------------------------------------------------------------------------------

WATCH = """
  window.VIOLATIONS = []
  addEventListener("securitypolicyviolation", event =>
    window.VIOLATIONS.push(`${event.effectiveDirective} ${event.blockedURI}`))
"""


@pytest.fixture(scope="module")
def watched(browser: Browser) -> Iterator[BrowserContext]:
    """A reader whose pages count what their policy stops; files are kept from page to page."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900})
    opened.set_default_timeout(10_000)
    opened.add_init_script(WATCH)
    yield opened
    opened.close()


@pytest.fixture
def guarded(watched: BrowserContext) -> Iterator[Page]:
    page = watched.new_page()
    yield page
    page.close()


@pytest.mark.parametrize(
    ("plant", "stopped"),
    [
        ("document.body.append(Object.assign(document.createElement('script'), {text: 'HIT = 1'}))",
         "script-src-elem inline"),
        ("document.body.append(Object.assign(document.createElement('script'),"
         " {src: 'https://evil.example/x.js'}))", "script-src-elem https://evil.example/x.js"),
        ("document.body.append(Object.assign(document.createElement('script'),"
         " {src: 'data:text/javascript,HIT=1'}))", "script-src-elem data"),
        ("document.body.append(Object.assign(document.createElement('script'),"
         " {src: URL.createObjectURL(new Blob(['HIT=1']))}))", "script-src-elem blob"),
        ("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=HIT=1>')",
         "script-src-attr inline"),
        ("document.body.insertAdjacentHTML('beforeend', '<a id=x href=javascript:HIT=1>x</a>');"
         " document.querySelector('#x').click()", "script-src-elem inline"),
        ("document.body.insertAdjacentHTML('beforeend', '<p style=color:red>x</p>')",
         "style-src-attr inline"),
        ("document.body.insertAdjacentHTML('beforeend', '<img src=https://evil.example/x.png>')",
         "img-src https://evil.example/x.png"),
        ("fetch('https://evil.example/').catch(() => {})", "connect-src https://evil.example/"),
        ("document.body.insertAdjacentHTML('beforeend', '<iframe src=https://evil.example></iframe>')",
         "frame-src https://evil.example"),
        ("document.body.insertAdjacentHTML('beforeend', '<form id=f action=/x></form>');"
         " document.querySelector('#f').submit()", "form-action"),
        ("document.head.insertAdjacentHTML('beforeend', '<base href=https://evil.example>')",
         "base-uri"),
        ("document.body.insertAdjacentHTML('beforeend', '<object data=/index.html></object>')",
         "object-src"),
    ],
)  # fmt: skip
def test_the_policy_stops_what_the_page_did_not_bring(
    served: str, guarded: Page, plant: str, stopped: str
) -> None:
    guarded.goto(f"{served}/index.html")
    guarded.evaluate(f"() => {{ {plant} }}")

    guarded.wait_for_function(
        "begins => window.VIOLATIONS.some(each => each.startsWith(begins))", arg=stopped
    )
    assert guarded.evaluate("'HIT' in window") is False


def test_the_page_for_wrong_addresses_runs_no_script_but_its_own(
    served: str, guarded: Page
) -> None:
    guarded.goto(f"{served}/404.html")
    guarded.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'HIT = 1'}))"
    )

    assert guarded.evaluate("window.VIOLATIONS") == ["script-src-elem inline"]
    assert guarded.evaluate("'HIT' in window") is False


def test_everything_a_reader_does_is_within_the_policy(served: str, guarded: Page) -> None:
    guarded.goto(f"{served}/index.html")
    guarded.locator("form.palette label:visible").first.click()
    guarded.locator(".md-search__input").click()
    _hits(guarded, "dose")
    violations = guarded.evaluate("window.VIOLATIONS")
    guarded.goto(f"{served}/studies/index.html")
    guarded.locator("table.sortable button.sort").first.click()
    guarded.locator(".filter input[type=search]").first.fill("a")
    violations += guarded.evaluate("window.VIOLATIONS")

    assert violations == []


def test_the_site_verifies_itself_within_the_policy(other: Built, guarded: Page) -> None:
    with static_server.serving(other.site) as address:
        guarded.goto(f"{address}/verify.html")
        guarded.get_by_role("button", name="Check all pages").click()
        expect(guarded.locator("#verify-search")).not_to_have_text("not yet", timeout=120_000)
    results = {
        what: guarded.locator(f"#verify-{what}-faults").inner_text()
        for what in ("pages", "links", "anchors", "search")
    }

    assert results == {"pages": "0", "links": "0", "anchors": "0", "search": "0"}
    assert guarded.evaluate("window.VIOLATIONS") == []
