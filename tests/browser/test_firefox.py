"""The offline copy in a Firefox as it comes, from disk; and the website as hosts serve it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from built import Built
from marionette import Firefox
from web_hosts import hosting

T = TypeVar("T")


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """The Firefox that `make test-all` found, without a window."""
    path = os.environ.get("FIREFOX")
    if not path:
        pytest.fail("FIREFOX names no browser: run the tests with `make test-all`", pytrace=False)
    driver = Firefox(path, tmp_path_factory.mktemp("profile"))
    yield driver
    driver.close()


def until(found: Callable[[], T], seconds: float = 20) -> T:
    """What a look finds, once it finds something; the last look's answer if it never does."""
    end = time.monotonic() + seconds
    while not (answer := found()) and time.monotonic() < end:
        time.sleep(0.1)
    return answer


def test_search_answers_from_disk(firefox: Firefox, on_disk: str) -> None:
    firefox.open(f"{on_disk}/index.html")
    firefox.click(".md-search__input")
    firefox.type(".md-search__input", "stroke dose")

    links = "return [...document.querySelectorAll('.md-search-result__link')].map(a => a.href)"
    found = until(lambda: firefox.ask(links))

    assert found
    assert found[0].startswith(f"{on_disk}/")


def test_tables_filter_from_disk(firefox: Firefox, on_disk: str) -> None:
    firefox.open(f"{on_disk}/studies/index.html")
    all_rows = "document.querySelectorAll('table.filterable tbody tr')"
    rows = f"return [...{all_rows}].filter(row => !row.hidden).length"
    before = firefox.ask(rows)
    firefox.type(".filter input[type=search]", "migraine")

    assert until(lambda: firefox.ask(rows) != before)
    assert 0 < firefox.ask(rows) < before


def test_the_palette_turns_dark_from_disk(firefox: Firefox, on_disk: str) -> None:
    firefox.open(f"{on_disk}/index.html")
    scheme = "return document.body.dataset.mdColorScheme"
    seen = set()
    for _ in range(3):
        button = "form.palette label:not([hidden])"
        firefox.click(button)
        seen.add(firefox.ask(scheme))

    assert seen == {"default", "slate"}


def test_a_copy_verifies_itself_from_disk(firefox: Firefox, other_on_disk: str) -> None:
    firefox.open(f"{other_on_disk}/verify.html")
    firefox.click("#verify-start")
    text = "return document.querySelector('#verify-{}').textContent"

    until(lambda: firefox.ask(text.format("search")) != "not yet", 120)

    faults = {
        what: firefox.ask(text.format(f"{what}-faults"))
        for what in ("pages", "links", "anchors", "search")
    }
    assert faults == {"pages": "0", "links": "0", "anchors": "0", "search": "0"}


def test_no_request_leaves_the_machine(firefox: Firefox, on_disk: str) -> None:
    script = "return performance.getEntriesByType('resource').map(each => each.name)"

    for uri in ("index.html", "dosage/index.html", "checks/agreement.html"):
        firefox.open(f"{on_disk}/{uri}")
        strangers = [name for name in firefox.ask(script) if not name.startswith("file://")]
        assert strangers == []


@pytest.mark.parametrize("path", ["/", "/project/"])
def test_a_wrong_address_leads_on(firefox: Firefox, other: Built, path: str) -> None:
    with hosting(other.site, path) as home:
        firefox.open(f"{home}a/b/missing.html")
        styled = "return getComputedStyle(document.documentElement).getPropertyValue('--paper')"
        assert until(lambda: firefox.ask(styled))
        links = firefox.ask("return [...document.querySelectorAll('main a')].map(a => a.href)")
        assert len(links) > 10
        assert [link for link in links if not link.startswith(home)] == []

        found = until(lambda: search(firefox, "dose"))
        assert found
        assert found[0].startswith(home)


def search(firefox: Firefox, query: str) -> list[str]:
    """Type a query where the search is ready; the addresses of the rows that are found."""
    links = "return [...document.querySelectorAll('.md-search-result__link')].map(a => a.href)"
    if not (found := firefox.ask(links)):
        firefox.ask("document.querySelector('.md-search__input').value = ''")
        firefox.click(".md-search__input")
        firefox.type(".md-search__input", query)
    return list(found)


def test_only_a_website_opened_from_disk_says_what_to_open_instead(
    firefox: Firefox, other: Built, other_on_disk: str
) -> None:
    display = "return getComputedStyle(document.querySelector('.from-disk')).display"

    def shown(address: str) -> str:
        firefox.open(f"{address}studies/index.html")
        return str(firefox.ask(display))

    assert shown(f"{other.site.as_uri()}/") == "block"
    assert shown(f"{other_on_disk}/") == "none"
    with hosting(other.site, "/project/") as home:
        assert shown(home) == "none"


def test_scripts_run_where_a_host_ends_each_with_a_line(firefox: Firefox, other: Built) -> None:
    def ended(name: str, content: bytes) -> bytes:
        return content + b"\n" if name.endswith(".js") else content

    with hosting(other.site, alter=ended) as home:
        firefox.open(f"{home}studies/index.html")

        assert firefox.ask("return document.querySelectorAll('.filter').length")
        assert until(lambda: search(firefox, "dose"))
