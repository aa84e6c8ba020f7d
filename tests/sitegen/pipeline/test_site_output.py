"""A book worked out as a whole and one made page by page are the same."""

from __future__ import annotations

from pathlib import Path

import exported
import pytest

from sitegen import SiteOutput, build, read
from sitegen.incremental.workers import Executor


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An offline copy to take, as far as the book looks at it."""
    path = tmp_path_factory.mktemp("archive") / "all-offline.zip"
    path.write_bytes(b"an archive")
    return path


@pytest.fixture(scope="module")
def whole(archive: Path) -> SiteOutput:
    return build(exported.DATA["other"], exported.TEMPLATES, (archive,), Executor(1))


@pytest.fixture(scope="module")
def alone(whole: SiteOutput) -> SiteOutput:
    """The same, of which nothing is worked out yet."""
    data = read(exported.DATA["other"])
    return SiteOutput(data, exported.TEMPLATES, archive=whole.archive)


@pytest.mark.slow  # it builds a site twice
def test_each_page_is_the_same_whether_it_is_made_alone_or_with_all(
    whole: SiteOutput, alone: SiteOutput
) -> None:
    assert alone.uris == tuple(page.uri for page in whole.pages)
    for page in whole.pages:
        other = alone.page(page.uri)
        assert (other.markdown, other.title, other.record) == (
            page.markdown,
            page.title,
            page.record,
        )
        assert alone.structured_data(page.uri) == whole.structured_data(page.uri)
        assert page.markdown.startswith(alone.front(page.uri).lstrip())
    assert {asset.uri: asset.content for asset in alone.assets} == {
        asset.uri: asset.content for asset in whole.assets
    }


def test_what_is_no_page_is_none(whole: SiteOutput, alone: SiteOutput) -> None:
    assert alone.structured_data("nowhere.md") is None
    assert whole.structured_data("nowhere.md") is None
    with pytest.raises(KeyError):
        alone.page("nowhere.md")


def test_what_there_is_to_take_shows_on_the_front_page_and_among_the_downloads(
    whole: SiteOutput,
) -> None:
    before = {page.uri: page.markdown for page in exported.book("other").pages}
    changed = [page.uri for page in whole.pages if page.markdown != before[page.uri]]

    assert "all-offline.zip" in whole.page("index.md").markdown.replace("&#45;", "-").replace(
        "&#46;", "."
    )
    assert changed == ["index.md"]


def test_a_page_that_is_release_is_made_again(alone: SiteOutput) -> None:
    first = alone.page("safety/index.md")
    alone.release()

    again = alone.page("safety/index.md")

    assert again is not first
    assert again == first
