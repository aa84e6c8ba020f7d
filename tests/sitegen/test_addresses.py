"""Every page, file and former address is published once, at an address that any system can hold."""

from __future__ import annotations

import shutil
from pathlib import Path

import exported
import pytest
from built import copy_project, run
from folders import OTHER, ROOT
from sound import problems, read, write

import sitegen
from sitegen import addresses
from sitegen.addresses import address_of, unique
from sitegen.model import KINDS, Slug
from sitegen.model.problems import DataError

TEMPLATES = ROOT / "templates"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """The data of the other drug, which has a record of every kind."""
    return shutil.copytree(OTHER, tmp_path / "data")


def names_of_the_site(folder: str) -> list[str]:
    """Each name by which a record of a kind would take an address of the site."""
    taken = addresses.of_site()
    stems = {Path(address).name.split(".")[0] for address in taken}
    return sorted(name for name in stems if taken & {*addresses.of_record(folder, name)})


NAMES = [(kind.folder, name) for kind in KINDS for name in names_of_the_site(kind.folder)]


def test_some_names_are_taken_by_templates_and_some_by_files() -> None:
    folders = {"sources", "studies", "regimens", "conditions"}

    assert {folder for folder, _ in NAMES} == folders
    assert {("sources", "all"), ("regimens", "bundle"), ("studies", "experiments")} <= {*NAMES}


@pytest.mark.parametrize(("folder", "name"), NAMES)
def test_no_file_takes_an_address_of_the_site(other: Path, folder: str, name: str) -> None:
    first = sorted((other / folder).glob("*.yml"))[0]
    shutil.copy(first, other / folder / f"{name}.yml")

    reported = [line for line in problems(other) if f"the file's name '{name}' is not free" in line]
    assert reported
    assert all(line.startswith(f"data/{folder}/{name}.yml:1: ") for line in reported)


@pytest.mark.parametrize(("folder", "name"), NAMES)
def test_no_former_address_takes_one_of_the_site(other: Path, folder: str, name: str) -> None:
    file = sorted((other / folder).glob("*.yml"))[0]
    file.write_text(f"{file.read_text('utf-8')}\nformerly:\n  - {name}\n", encoding="utf-8")
    page = addresses.of_page(folder, name)

    reported = [line for line in problems(other) if f"formerly: '{name}' is not free" in line]
    assert bool(reported) == (page in addresses.of_site())
    line = file.read_text("utf-8").splitlines().index(f"  - {name}") + 1
    assert all(message.startswith(f"data/{folder}/{file.name}:{line}: ") for message in reported)


def test_the_addresses_of_records_are_those_that_are_published() -> None:
    book = exported.book("other")
    published = {page.uri.removesuffix(".md") + ".html" for page in book.pages}
    published |= {asset.uri for asset in book.assets}

    assert addresses.of_site() <= published
    for record in book.site.all():
        assert {*addresses.of_record(record.folder, record.id)} <= published


# ---- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["con", "prn", "aux", "nul", "com1", "com9", "lpt1", "lpt9"])
def test_a_name_that_windows_reserves_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no file on Windows can have this name"):
        Slug.read(name)


@pytest.mark.parametrize("name", ["conn", "prn-use", "com10", "a-nul", "compound"])
def test_a_name_that_only_begins_like_one_is_taken(name: str) -> None:
    assert Slug.read(name) == name


def test_a_path_that_is_too_long_for_some_systems_is_refused(data: Path) -> None:
    long, old = "a" * 95, "b" * 100
    write(data, "site.yml", read(data, "site.yml").replace("name: ", f"name: {'c' * 30}-", 1))
    text = read(data, "terms/syrup.yml").replace("name: syrup", "name: sirup")
    write(data, f"terms/{long}.yml", f"{text}\nformerly: [{old}]\n")

    reported = problems(data)
    assert [
        line for line in reported if line.startswith(f"data/terms/{long}.yml:1: '{long}' is too")
    ]
    assert [line for line in reported if f"'{old}' is too long a name" in line]


def test_a_name_of_the_site_that_leaves_no_room_is_refused(data: Path) -> None:
    write(data, "site.yml", read(data, "site.yml").replace("name: ", f"name: {'c' * 50}-", 1))

    assert [line for line in problems(data) if "name must be at most 50 characters" in line]


# ---- the last look -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a/b.html", "a/b.html"),
        ("a/b.html", "a/B.html"),
        ("A/b.html", "a/b.html"),
        ("a", "a/b.html"),
        ("a/b.html", "a"),
        ("a/b/c.html", "A"),
        ("x/stra\u00dfe.css", "x/STRASSE.css"),
    ],
)
def test_two_things_at_one_address_are_refused(first: str, second: str) -> None:
    with pytest.raises(DataError, match="cannot both be published"):
        unique([("x/y.html", 1), (first, 1), (second, 2)])


def test_things_at_addresses_of_their_own_are_published() -> None:
    published = [("a/b.html", 1), ("a/c.html", 2), ("ab", 3), ("b/a/b.html", 4)]

    assert unique(published) == dict(published)


def test_a_template_for_the_page_of_a_record_is_refused(tmp_path: Path) -> None:
    """The rule knows the templates of this checkout; the last look knows those that are used."""
    templates = shutil.copytree(TEMPLATES, tmp_path / "templates")
    source = sorted((OTHER / "sources").glob("*.yml"))[0].stem
    shutil.copy(templates / "verify.md.jinja", templates / "sources" / f"{source}.md.jinja")

    with pytest.raises(DataError, match=rf"sources/{source}\.md and sources/{source}\.md"):
        sitegen.build(OTHER, templates)
    assert address_of("sources", source) == f"sources/{source}.md"


DOCS = {
    "a link to a file": ("assets/x.css", "/etc/passwd", "is a link"),
    "a link to a folder": ("assets/x", "/etc", "is a link"),
    "a link around": ("assets/x", "..", "is a link"),
    "a link within": ("x", "assets", "is a link"),
    "a page of the site": ("dosage/index.md", None, "dosage/index"),
    "another case": ("assets/Site.css", None, "cannot both be published"),
    "a file of a book": ("assets/structures/exemplin.svg", None, "cannot both be published"),
    "the page of a wrong address": ("404.md", None, "cannot both be published"),
}


@pytest.mark.slow  # it builds a site from a copy of the project
@pytest.mark.parametrize("name", DOCS)
def test_a_file_in_docs_that_would_replace_another_or_leak_is_refused(
    tmp_path: Path, name: str
) -> None:
    project = copy_project(tmp_path / "project")
    at, link, says = DOCS[name]
    path = project / "docs" / at
    path.parent.mkdir(exist_ok=True, parents=True)
    if link:
        path.symlink_to(link)
    else:
        path.write_text("theirs")
    done = run(project, OTHER, "site", "--out", tmp_path / "out")

    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out" / "site").exists()


@pytest.mark.slow  # it builds a site from a copy of the project
def test_of_the_docs_only_what_a_page_uses_is_published(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    for name in ("site.css~", "#site.css#", ".site.css.swp", "id_rsa", "key.pem", ".env", "a.bak"):
        (project / "docs" / "assets" / name).write_text("theirs")
    (project / "docs" / "assets" / "more.css").write_text("* { color: red }")
    done = run(project, OTHER, "site", "--website-only", "--out", tmp_path / "out")

    assert done.returncode == 0, done.stderr
    assets = tmp_path / "out" / "site" / "assets"
    assert (assets / "more.css").exists()
    assert not [path for path in assets.iterdir() if path.is_file() and path.suffix not in SUFFIXES]


SUFFIXES = {".css", ".js", ".svg", ".png"}
