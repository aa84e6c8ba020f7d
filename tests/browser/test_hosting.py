"""The website as hosts serve it: below a path, with changed bytes, without storage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from built import Built, published
from folders import OTHER
from playwright.sync_api import Browser, Page, expect
from web_hosts import hosting

ADDRESS = "https://ref.example:8443/project"
# The storage of a browser in which cookies are blocked.
WITHOUT_STORAGE = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, {
    configurable: true,
    get() { throw new DOMException("Access is denied for this document.", "SecurityError") },
  })"""
FIRST_HIT = "a.md-search-result__link >> nth=0"
PALETTE = "form.palette label:visible"


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The other drug's website, built for an address with a port and a path."""
    folder = tmp_path_factory.mktemp("addressed") / "site"
    return published(OTHER, folder, changes={"SITE_ADDRESS": ADDRESS})


def search(page: Page, query: str) -> str:
    """Type a query; the address of the first row that is found."""
    page.locator(".md-search__input").fill(query)
    expect(page.locator(FIRST_HIT)).to_be_visible()
    return page.locator(FIRST_HIT).get_attribute("href") or ""


def works(page: Page, home: str) -> None:
    """Check that search, colours and filters do what they do, on a page that is open."""
    assert search(page, "dose").startswith(home)
    page.keyboard.press("Escape")
    for scheme in ("default", "slate"):
        page.locator(PALETTE).first.click()
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
    page.goto(f"{home}studies/index.html")
    expect(page.locator(".filter").first).to_be_visible()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


# ---- what a host does to scripts ----------------------------------------------------------------


def with_a_line_end(name: str, content: bytes) -> bytes:
    """A file as a host sends it that ends every script with a line."""
    return content + b"\n" if name.endswith(".js") else content


def in_fewer_bytes(name: str, content: bytes) -> bytes:
    """A page as a host sends it that leaves out line ends."""
    return content.replace(b"\n", b" ") if name.endswith(".html") else content


@pytest.mark.parametrize("alter", [with_a_line_end, in_fewer_bytes])
def test_scripts_run_where_a_host_changes_bytes(
    other: Built, page: Page, alter: Callable[[str, bytes], bytes]
) -> None:
    with hosting(other.site, alter=alter) as served:
        page.goto(f"{served}index.html")
        works(page, served)


def test_chosen_colours_are_there_before_anything_is_drawn(other: Built, page: Page) -> None:
    with hosting(other.site) as served:
        page.goto(f"{served}index.html")
        page.locator(PALETTE).first.click()
        page.locator(PALETTE).first.click()
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        page.route("**/bundle.*.js", lambda route: route.abort())  # the theme's own comes later
        page.goto(f"{served}studies/index.html")

        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


# ---- storage ------------------------------------------------------------------------------------


def test_search_and_colours_work_where_nothing_is_stored(
    other: Built, other_on_disk: str, page: Page
) -> None:
    page.add_init_script(WITHOUT_STORAGE)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    with hosting(other.site) as served:
        for start in (served, f"{other_on_disk}/"):
            page.goto(f"{start}index.html")
            assert search(page, "dose").startswith(start)
            page.keyboard.press("Escape")
            page.locator(PALETTE).first.click()
            page.locator(PALETTE).first.click()
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")

    assert errors == []


@pytest.mark.parametrize("stored", ["{", "null", "{}", '"text"', '{"index": 9, "color": {}}'])
def test_what_another_site_stored_under_the_same_name_stops_nothing(
    other: Built, page: Page, stored: str
) -> None:
    with hosting(other.site) as served:
        page.goto(f"{served}index.html")
        page.evaluate("stored => localStorage.setItem('/.__palette', stored)", stored)
        page.reload()

        assert search(page, "dose").startswith(served)


# ---- a wrong address ----------------------------------------------------------------------------

PLACES = [
    pytest.param(("other", "/"), id="no address, at the root"),
    pytest.param(("other", "/project/"), id="no address, below a path"),
    pytest.param(("addressed", "/project/"), id="at its address"),
    pytest.param(("addressed", "/"), id="at the root instead of its address"),
    pytest.param(("addressed", "/a/b/"), id="below another path"),
]


@pytest.fixture
def home(request: pytest.FixtureRequest, other: Built, addressed: Path) -> Iterator[str]:
    """The address of a website, by its name and the path below which it is served."""
    name, path = request.param
    with hosting(addressed if name == "addressed" else other.site, path) as served:
        yield served


@pytest.mark.parametrize("home", PLACES, indirect=True)
def test_a_wrong_address_leads_on(home: str, page: Page) -> None:
    answer = page.goto(f"{home}a/b/missing.html")
    assert answer
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text("Page not found")
    expect(page.locator(".md-tabs").first).to_have_css("display", "block")  # it has its styles

    links = page.locator("main a:visible").evaluate_all("all => all.map(each => each.href)")
    assert len(links) > 10
    assert [link for link in links if not link.startswith(home)] == []
    assert [link for link in links if not page.request.get(link).ok] == []
    assert search(page, "dose").startswith(home)


@pytest.mark.parametrize("home", [PLACES[1]], indirect=True)
def test_a_wrong_address_proposes_to_search_for_its_words(home: str, page: Page) -> None:
    found = {}
    for wrong in ("stroke.html", "a/Some%E2%80%93page?x=1#y", "studies/dose_2/", "%FF", "x/404"):
        page.goto(f"{home}{wrong}")
        expect(page.locator(".md-tabs").first).to_have_css("display", "block")
        found[wrong] = page.locator("#search-for a:visible").all_inner_texts()
    page.goto(f"{home}a/Some%E2%80%93page")
    page.locator("#search-for a").click()

    assert list(found.values()) == [["stroke"], ["Some page"], ["dose 2"], [], []]
    expect(page.locator(".md-search__input")).to_have_value("Some page")


def test_a_wrong_address_leads_on_without_scripts(browser: Browser, addressed: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    with hosting(addressed, "/project/") as served:
        page = context.new_page()
        page.goto(f"{served}a/b/missing.html")
        expect(page.locator(".md-tabs").first).to_have_css("display", "block")
        page.locator("main").get_by_role("link", name="A to Z").click()
        expect(page.locator("h1")).to_contain_text("A to Z")
    context.close()


# ---- the website opened from disk ---------------------------------------------------------------

NOTICE = "This is the website opened as a file"


@pytest.mark.parametrize("runs", [True, False], ids=["scripts", "no scripts"])
def test_a_website_opened_from_disk_says_what_to_open_instead(
    browser: Browser, other: Built, addressed: Path, other_on_disk: str, runs: bool
) -> None:
    context = browser.new_context(java_script_enabled=runs)
    page = context.new_page()

    def is_said(address: str) -> bool:
        page.goto(address)
        return page.get_by_text(NOTICE).is_visible()

    for uri in ("index.html", "studies/index.html"):
        assert is_said(f"{other.site.as_uri()}/{uri}")
        assert is_said(f"{addressed.as_uri()}/{uri}")
        assert not is_said(f"{other_on_disk}/{uri}")
        with hosting(other.site, "/project/") as served:
            assert not is_said(f"{served}{uri}")
            assert not is_said(f"{served}a/missing.html")
    context.close()


def test_tables_work_in_a_website_opened_from_disk(other: Built, page: Page) -> None:
    page.goto(f"{other.site.as_uri()}/studies/index.html")

    expect(page.locator(".filter").first).to_be_visible()
