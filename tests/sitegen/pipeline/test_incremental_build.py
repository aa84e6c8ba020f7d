"""A build with a cache gives what a fresh build gives, and does only the work that is needed."""

from __future__ import annotations

import copy
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import exported
import pytest

from sitegen import DataError, SiteOutput, build, read_site
from sitegen.incremental.cache import Cache
from sitegen.incremental.workers import Executor
from sitegen.model import KINDS, Condition, Study
from sitegen.pages.render import Page, PageRequest, Renderer

OTHER = exported.DATA["other"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the other drug's data, to edit."""
    return shutil.copytree(OTHER, tmp_path / "data")


@cache
def first_build() -> tuple[dict[str, object], Cache]:
    """What is published of the other drug, and what was cache of it."""
    cache = Cache(None)
    return made(OTHER, Executor(1, cache)), cache


def begun() -> tuple[dict[str, object], Executor]:
    """What a first build published, and a executor for a second one."""
    first, cache = first_build()
    return first, Executor(1, copy.deepcopy(cache))


def made(folder: Path, executor: Executor) -> dict[str, object]:
    """Everything that is published of a data folder, by its address."""
    output = build(folder, exported.TEMPLATES, executor=executor)
    return {
        **{page.uri: page.markdown for page in output.pages},
        **{f"/{uri}": text for uri, text in structured_of(output).items()},
        **{asset.uri: asset.content for asset in output.assets},
        "search": output.documents,
    }


def structured_of(output: SiteOutput) -> dict[str, str | None]:
    """The JSON-LD of every page."""
    return {uri: output.structured_data(uri) for uri in output.uris}


def edits(folder: Path, kind: str) -> Iterator[Callable[[], None]]:
    """Edits of the records of a kind, each of which adds a word to one text."""
    for path in sorted((folder / kind).glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        for line in re.finditer(r"^ *(?:- )?([a-z_]+): [^\n]*[a-z](?=\"?$)", text, re.MULTILINE):
            if line[1] not in ("at", "folder", "condition"):
                changed = f"{text[: line.end()]} indeed{text[line.end() :]}"
                yield lambda path=path, changed=changed: path.write_text(changed, "utf-8")  # type: ignore[misc]


def removals(folder: Path, kind: str) -> Iterator[Callable[[], None]]:
    """The removal of each record of a kind."""
    for path in sorted((folder / kind).glob("*.yml")):
        yield path.unlink


def first_sound(folder: Path, changes: Iterator[Callable[[], None]]) -> bool:
    """Make the first of some changes after which the data is sound; whether there is one."""
    before = folder.with_name("before")
    shutil.copytree(folder, before)
    for change in changes:
        change()
        try:
            read_site(folder)
        except DataError:
            shutil.rmtree(folder)
            shutil.copytree(before, folder)
        else:
            return True
    return False


@pytest.mark.slow  # each kind is built two or three times
@pytest.mark.parametrize("kind", [kind.folder for kind in KINDS])
def test_an_edit_shows_wherever_it_would_show_in_a_fresh_build(folder: Path, kind: str) -> None:
    first, executor = begun()
    if not first_sound(folder, edits(folder, kind)):
        pytest.skip(f"no word of {kind} can be changed alone")

    after = made(folder, executor)

    assert after != first
    assert after == made(folder, Executor(1))


@pytest.mark.slow  # each kind is built two or three times
@pytest.mark.parametrize("kind", [kind.folder for kind in KINDS])
def test_a_record_that_goes_and_comes_back_leaves_no_trace(folder: Path, kind: str) -> None:
    first, executor = begun()
    if not first_sound(folder, removals(folder, kind)):
        pytest.skip(f"every record of {kind} is named by another")

    without = made(folder, executor)

    assert without == made(folder, Executor(1))
    shutil.rmtree(folder)
    shutil.copytree(folder.with_name("before"), folder)
    assert made(folder, executor) == first


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of the pages that are rendered from now on."""
    found: list[str] = []
    render = Renderer.page

    def noting(self: Renderer, request: PageRequest, extras: object) -> Page:
        found.append(request.uri)
        return render(self, request, extras)

    monkeypatch.setattr(Renderer, "page", noting)
    return found


@pytest.mark.slow  # it builds a site twice
@pytest.mark.parametrize("name", ["real", "other"])
def test_a_build_of_the_same_data_renders_no_page(name: str, rendered: list[str]) -> None:
    executor = Executor(1, Cache(None))
    data = exported.DATA[name]
    build(data, exported.TEMPLATES, executor=executor)
    rendered.clear()
    build(data, exported.TEMPLATES, executor=executor)

    assert rendered == []


@pytest.mark.slow  # it builds a site twice
def test_an_edit_of_one_record_leaves_most_pages_as_they_were(
    folder: Path, rendered: list[str]
) -> None:
    first, executor = begun()
    pages = [uri for uri in first if uri.endswith(".md") and uri[0] != "/"]
    study = next(iter(read_site(folder).studies.values()))
    path = folder / Study.folder / f"{study.id}.yml"
    path.write_text(f"{path.read_text(encoding='utf-8')}# a remark\n", encoding="utf-8")
    rendered.clear()
    made(folder, executor)

    assert f"studies/{study.id}.md" in rendered
    assert f"conditions/{study.conditions[0]}.md" in rendered
    assert len(rendered) < len(pages) * 2 / 3


@pytest.mark.slow  # it makes all pages several times
def test_what_shows_only_a_name_stays_as_it_was_when_the_rest_changes(
    folder: Path, rendered: list[str]
) -> None:
    _, executor = begun()
    site = read_site(folder)
    study = next(iter(site.studies.values()))
    condition = site.conditions[study.conditions[0]]
    path = folder / Condition.folder / f"{condition.id}.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(condition.gloss[-10:], "another gloss.", 1), encoding="utf-8")
    rendered.clear()
    made(folder, executor)

    assert f"conditions/{condition.id}.md" in rendered
    assert not {uri for uri in rendered if uri.startswith("studies/") or uri == "dosage/index.md"}

    path.write_text(text.replace(f"name: {condition.name}", "name: Quite another"), "utf-8")
    rendered.clear()
    made(folder, executor)

    assert {f"studies/{study.id}.md", "studies/index.md", "dosage/index.md"} <= set(rendered)
