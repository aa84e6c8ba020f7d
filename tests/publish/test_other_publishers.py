"""The way out: other publishers make the same pages of the Markdown, without our code.

They live in an environment of their own: `make publishers` runs these tests with it.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import other_publishers
import pytest
from browser.markup import page
from browser.visits import pages_of
from built import environment, published
from folders import OTHER

from sitegen import read_site

PROGRAMS = os.environ.get("PUBLISHERS")
DATA = Path(os.environ.get("PUBLISHERS_DATA") or OTHER).resolve()
# The names of places that a publisher adds to every page: each with the reason.
ADDED = {
    "properdocs": {},
    "zensical": {"__skip": "where its own link past the menu leads; our frame has another"},
}


@dataclass(frozen=True)
class Page:
    """What a page says, and where it leads: its title, its text, its links and its places."""

    title: str
    text: str
    links: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def read(site: Path) -> dict[str, Page]:
    """Every page of a built site, by its address."""
    return {uri: _page(site, uri) for uri in [*pages_of(site), "404.html"]}


def _page(site: Path, uri: str) -> Page:
    whole = page(site, uri)
    (article,) = (
        element for element in whole.all("article") if "md-content__inner" in element.classes
    )
    attributes = [element.attributes for element in article.all()]
    return Page(
        whole.one("head").one("title").text,
        article.text,
        [element["href"] for element in attributes if "href" in element],
        [element["id"] for element in attributes if "id" in element],
    )


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    """The pages as MkDocs makes them, with our hook."""
    if PROGRAMS is None:
        pytest.skip("the other publishers have an environment of their own: make publishers")
    return read(published(DATA, tmp_path_factory.mktemp("ours") / "site"))


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, dict[str, Page]]:
    """The pages that each publisher makes of the same Markdown."""
    if PROGRAMS is None:
        pytest.skip("the other publishers have an environment of their own: make publishers")
    title = read_site(DATA).identity.title
    with ThreadPoolExecutor() as builds:
        folders = [tmp_path_factory.mktemp(name) for name in other_publishers.SETTINGS]
        made = builds.map(_built, other_publishers.SETTINGS, folders, [title] * len(folders))
        return dict(zip(other_publishers.SETTINGS, map(read, made), strict=True))


def _built(name: str, folder: Path, title: str) -> Path:
    other_publishers.write(DATA, folder, title)
    command = [str(Path(PROGRAMS or "").resolve() / name), "build"]
    done = subprocess.run(
        [*command, "-f", other_publishers.SETTINGS[name]],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"
    return folder / "site"


@pytest.mark.parametrize("publisher", other_publishers.SETTINGS)
def test_another_publisher_makes_the_same_pages(
    ours: dict[str, Page], theirs: Mapping[str, dict[str, Page]], publisher: str
) -> None:
    found = theirs[publisher]

    assert len(ours) > 40
    assert found.keys() == ours.keys()
    for uri, made in found.items():
        places = [place for place in made.places if place not in ADDED[publisher]]
        assert replace(made, places=places) == ours[uri], uri


@pytest.mark.parametrize(
    ("publisher", "place"), [(name, place) for name, added in ADDED.items() for place in added]
)
def test_what_is_excused_is_still_there(
    ours: dict[str, Page], theirs: Mapping[str, dict[str, Page]], publisher: str, place: str
) -> None:
    assert any(place in made.places for made in theirs[publisher].values())
    assert not any(place in made.places for made in ours.values())
