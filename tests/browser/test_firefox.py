"""The offline copy in a Firefox as it comes, from disk; and the website as hosts serve it."""

from __future__ import annotations

import logging
import os
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from built import Built
from hosts import hosting

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the driver's own modules
    from marionette_driver import By
    from marionette_driver.marionette import Marionette

T = TypeVar("T")

# The driver leaves the sockets and files of its start open; nothing here can close them.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def firefox() -> Iterator[Marionette]:
    """The Firefox that `make test` found, without a window."""
    path = os.environ.get("FIREFOX")
    if not path:
        pytest.fail("FIREFOX names no browser: run the tests with `make test`", pytrace=False)
    logging.getLogger("mozversion").setLevel(logging.CRITICAL)
    driver = Marionette(bin=path, headless=True, gecko_log=os.devnull)
    driver.start_session()
    driver.set_window_rect(width=1280, height=900)
    yield driver
    driver.delete_session()
    driver.cleanup()


def until(found: Callable[[], T], seconds: float = 20) -> T:
    """What a look finds, once it finds something; the last look's answer if it never does."""
    end = time.monotonic() + seconds
    while not (answer := found()) and time.monotonic() < end:
        time.sleep(0.1)
    return answer


def ask(firefox: Marionette, script: str) -> Any:
    """What a script returns on the page that is open."""
    return firefox.execute_script(script)


def test_search_answers_from_disk(firefox: Marionette, on_disk: str) -> None:
    firefox.navigate(f"{on_disk}/index.html")
    box = firefox.find_element(By.CSS_SELECTOR, ".md-search__input")
    box.click()
    box.send_keys("stroke dose")

    links = "return [...document.querySelectorAll('.md-search-result__link')].map(a => a.href)"
    found = until(lambda: ask(firefox, links))

    assert found
    assert found[0].startswith(f"{on_disk}/")


def test_tables_filter_from_disk(firefox: Marionette, on_disk: str) -> None:
    firefox.navigate(f"{on_disk}/studies/index.html")
    box = firefox.find_element(By.CSS_SELECTOR, ".filter input[type=search]")
    all_rows = "document.querySelectorAll('table.filterable tbody tr')"
    rows = f"return [...{all_rows}].filter(row => !row.hidden).length"
    before = ask(firefox, rows)
    box.send_keys("migraine")

    assert until(lambda: ask(firefox, rows) != before)
    assert 0 < ask(firefox, rows) < before


def test_the_palette_turns_dark_from_disk(firefox: Marionette, on_disk: str) -> None:
    firefox.navigate(f"{on_disk}/index.html")
    scheme = "return document.body.dataset.mdColorScheme"
    seen = set()
    for _ in range(3):
        button = "form[data-md-component=palette] label:not([hidden])"
        firefox.find_element(By.CSS_SELECTOR, button).click()
        seen.add(ask(firefox, scheme))

    assert seen == {"default", "slate"}


def test_a_copy_verifies_itself_from_disk(firefox: Marionette, other_on_disk: str) -> None:
    firefox.navigate(f"{other_on_disk}/verify.html")
    firefox.find_element(By.ID, "verify-start").click()
    text = "return document.querySelector('#verify-{}').textContent"

    until(lambda: ask(firefox, text.format("search")) != "not yet", 120)

    faults = {
        what: ask(firefox, text.format(f"{what}-faults"))
        for what in ("pages", "links", "anchors", "search")
    }
    assert faults == {"pages": "0", "links": "0", "anchors": "0", "search": "0"}


def test_nothing_is_asked_of_a_network(firefox: Marionette, on_disk: str) -> None:
    asked = "return performance.getEntriesByType('resource').map(each => each.name)"

    for uri in ("index.html", "dosage/index.html", "checks/agreement.html"):
        firefox.navigate(f"{on_disk}/{uri}")
        strangers = [name for name in ask(firefox, asked) if not name.startswith("file://")]
        assert strangers == []


@pytest.mark.parametrize("path", ["/", "/project/"])
def test_a_wrong_address_leads_on(firefox: Marionette, other: Built, path: str) -> None:
    with hosting(other.site, path) as home:
        firefox.navigate(f"{home}a/b/missing.html")
        styled = "return getComputedStyle(document.documentElement).getPropertyValue('--paper')"
        assert until(lambda: ask(firefox, styled))
        links = ask(firefox, "return [...document.querySelectorAll('main a')].map(a => a.href)")
        assert len(links) > 10
        assert [link for link in links if not link.startswith(home)] == []

        found = until(lambda: search(firefox, "dose"))
        assert found
        assert found[0].startswith(home)


def search(firefox: Marionette, query: str) -> list[str]:
    """Type a query where the search is ready; the addresses of the rows that are found."""
    links = "return [...document.querySelectorAll('.md-search-result__link')].map(a => a.href)"
    if not (found := ask(firefox, links)):
        box = firefox.find_element(By.CSS_SELECTOR, ".md-search__input")
        box.click()
        box.clear()
        box.send_keys(query)
    return list(found)


def test_only_a_website_opened_from_disk_says_what_to_open_instead(
    firefox: Marionette, other: Built, other_on_disk: str
) -> None:
    display = "return getComputedStyle(document.querySelector('.from-disk')).display"

    def shown(address: str) -> str:
        firefox.navigate(f"{address}studies/index.html")
        return str(ask(firefox, display))

    assert shown(f"{other.site.as_uri()}/") == "block"
    assert shown(f"{other_on_disk}/") == "none"
    with hosting(other.site, "/project/") as home:
        assert shown(home) == "none"


def test_scripts_run_where_a_host_ends_each_with_a_line(firefox: Marionette, other: Built) -> None:
    def ended(name: str, content: bytes) -> bytes:
        return content + b"\n" if name.endswith(".js") else content

    with hosting(other.site, alter=ended) as home:
        firefox.navigate(f"{home}studies/index.html")

        assert ask(firefox, "return document.querySelectorAll('.filter').length")
        assert until(lambda: search(firefox, "dose"))
