"""A book worked out as a whole and one made page by page are the same."""

from __future__ import annotations

from pathlib import Path

import exported
import pytest

from sitegen import Book, build, read_site
from sitegen.incremental.workers import Press


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An offline copy to take, as far as the book looks at it."""
    path = tmp_path_factory.mktemp("archive") / "all-offline.zip"
    path.write_bytes(b"an archive")
    return path


@pytest.fixture(scope="module")
def whole(archive: Path) -> Book:
    return build(exported.DATA["other"], exported.TEMPLATES, (archive,), Press(1))


@pytest.fixture(scope="module")
def alone(whole: Book) -> Book:
    """The same, of which nothing is worked out yet."""
    site = read_site(exported.DATA["other"])
    return Book(site, exported.TEMPLATES, archive=whole.archive)


def test_each_page_is_the_same_whether_it_is_made_alone_or_with_all(
    whole: Book, alone: Book
) -> None:
    assert alone.uris == tuple(page.uri for page in whole.pages)
    for page in whole.pages:
        other = alone.page(page.uri)
        assert (other.markdown, other.title, other.record) == (
            page.markdown,
            page.title,
            page.record,
        )
        assert alone.structured_of(page.uri) == whole.structured_of(page.uri)
        assert page.markdown.startswith(alone.front(page.uri).lstrip())
    assert {asset.uri: asset.content for asset in alone.assets} == {
        asset.uri: asset.content for asset in whole.assets
    }


def test_what_is_no_page_is_none(whole: Book, alone: Book) -> None:
    assert alone.structured_of("nowhere.md") is None
    assert whole.structured_of("nowhere.md") is None
    with pytest.raises(KeyError):
        alone.page("nowhere.md")


def test_what_there_is_to_take_shows_on_the_front_page_and_among_the_downloads(
    whole: Book,
) -> None:
    before = {
        page.uri: page.markdown for page in build(exported.DATA["other"], exported.TEMPLATES).pages
    }
    changed = [page.uri for page in whole.pages if page.markdown != before[page.uri]]

    assert "all-offline.zip" in whole.page("index.md").markdown.replace("&#45;", "-").replace(
        "&#46;", "."
    )
    assert changed == ["index.md"]


def test_a_page_that_is_let_go_is_made_again(alone: Book) -> None:
    first = alone.page("safety/index.md")
    alone.let_go()

    again = alone.page("safety/index.md")

    assert again is not first
    assert again == first
