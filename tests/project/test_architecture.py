"""Imports run downward only: each folder imports from the folders that are listed beside it.

Whoever needs another arrow changes the table here and in docs/development/architecture.md, and
gives the reason in docs/development/decisions.md.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from folders import ROOT

SCRIPTS = ROOT / "scripts"
ARCHITECTURE = ROOT / "docs" / "development" / "architecture.md"

DOMAIN = ("sitegen.derive", "sitegen.model")
ALLOWED: dict[str, tuple[str, ...]] = {
    "sitegen.model": (),
    "sitegen.incremental": (),
    "sitegen.read": ("sitegen.model",),
    # A function of the domain may be marked as a query, and knows no more of the engine.
    "sitegen.derive": ("sitegen.model", "sitegen.incremental.queries"),
    "sitegen.addresses": DOMAIN,
    # A rule says that each address is published once.
    "sitegen.check": ("sitegen.read", "sitegen.addresses", *DOMAIN),
    # A page shows the printed figure that proves a value, and how many are proved.
    "sitegen.statements": (
        "sitegen.check.evidence",
        "sitegen.check.record_counts",
        "sitegen.incremental.queries",
        *DOMAIN,
    ),
    "sitegen.export": ("sitegen.statements", "sitegen.addresses", *DOMAIN),
    "sitegen.pages": (
        "sitegen.statements",
        "sitegen.addresses",
        "sitegen.incremental.queries",
        *DOMAIN,
    ),
    # Compiled templates are cached, and the output of a macro is shared between pages.
    "sitegen.pages.jinja": ("sitegen.pages", "sitegen.incremental"),
    "sitegen.search": (
        "sitegen.pages",
        "sitegen.statements",
        "sitegen.addresses",
        "sitegen.incremental.queries",
        *DOMAIN,
    ),
    "sitegen.pipeline": (
        "sitegen.search",
        "sitegen.pages",
        "sitegen.export",
        "sitegen.addresses",
        # What a record proves is counted with what else is made of it.
        "sitegen.check.record_counts",
        "sitegen.derive",
        "sitegen.model",
        # A mapping whose values are made when they are read, or whose reads are recorded.
        "sitegen.incremental.lazy",
        "sitegen.incremental.tracking",
    ),
    # The one place that runs work through the cache and the workers.
    "sitegen.pipeline.stages": (
        "sitegen.pipeline",
        "sitegen.search",
        "sitegen.pages",
        "sitegen.export",
        "sitegen.addresses",
        "sitegen.check",
        "sitegen.read",
        "sitegen.incremental",
        *DOMAIN,
    ),
    "sitegen": ("sitegen.pipeline", "sitegen.pages", "sitegen.statements", "sitegen.read", *DOMAIN),
    "publish": ("sitegen",),
    "curate": ("sitegen",),
    "tools": ("sitegen",),
    "mkdocs_hooks": ("publish", "sitegen"),
    "commands": ("publish", "curate", "sitegen"),
    "build": ("commands", "publish", "curate", "sitegen"),
}
LIBRARIES = {
    "mkdocs": ("publish", "mkdocs_hooks"),
    "markdown": ("publish",),
    "jinja2": ("publish", "sitegen.pages"),
    "markupsafe": ("sitegen.pages", "sitegen.addresses", "mkdocs_hooks"),
    "citeproc": ("sitegen.derive.citation_style",),
    "selectolax": ("publish",),
    "lxml": ("publish", "sitegen.read.svg", "curate.pubmed"),
    "rispy": ("curate.ris",),
    "pybtex": ("curate.bibtex",),
    "babel": ("curate.reference",),
    "yaml": ("sitegen.read.yamlfile",),
    "sqlite3": ("sitegen.incremental", "sitegen.export.sqlite"),
    "zstandard": ("sitegen.incremental",),
    "multiprocessing": ("sitegen.incremental",),
    "argparse": ("build", "commands"),
    "rdkit": ("tools.draw_structure",),
}

OWN = ("sitegen", "publish", "curate", "commands", "tools", "mkdocs_hooks", "build")


def module_of(path: Path) -> str:
    """The dotted name of a module."""
    parts = path.relative_to(SCRIPTS).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@functools.cache
def imports_of(path: Path) -> tuple[str, ...]:
    """The dotted name of everything that a module imports, wherever it does."""
    return tuple(_imports_of(path))


def _imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, room: str) -> bool:
    """Whether a module or a name in it is in a room."""
    return name == room or name.startswith(f"{room}.")


def room_of(module: str) -> str:
    """The narrowest room in the table that a module is in."""
    return max((room for room in ALLOWED if within(module, room)), key=len)


def refused(module: str, imported: str) -> bool:
    """Whether an import is no allowed arrow."""
    own = any(within(imported, top) for top in OWN)
    if not own:
        return False
    room = room_of(module)
    if room == "sitegen":  # the package's own front; it is no room for the others to import
        return not any(within(imported, allowed) for allowed in ALLOWED[room])
    return not any(within(imported, allowed) for allowed in (room, *ALLOWED[room]))


MODULES = {module_of(path): path for path in sorted(SCRIPTS.rglob("*.py"))}


def test_a_module_imports_only_from_the_rooms_below_it() -> None:
    arrows = [
        f"{module} -> {imported}"
        for module, path in MODULES.items()
        for imported in imports_of(path)
        if refused(module, imported)
    ]

    assert arrows == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_led_in_its_own_rooms(library: str) -> None:
    arrows = [
        f"{module} -> {imported}"
        for module, path in MODULES.items()
        for imported in imports_of(path)
        if within(imported, library)
        and not any(within(module, room) for room in LIBRARIES[library])
    ]

    assert arrows == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_imported_wherever_the_table_says(library: str) -> None:
    importing = {
        module
        for module, path in MODULES.items()
        if any(within(imported, library) for imported in imports_of(path))
    }

    unused = [
        room for room in LIBRARIES[library] if not any(within(module, room) for module in importing)
    ]
    assert unused == []


def test_a_refused_arrow_is_named() -> None:
    assert refused("publish.session", "mkdocs_hooks.on_files")
    assert refused("sitegen.model.site", "sitegen.derive.relations")
    assert refused("sitegen.derive.relations", "sitegen.incremental.cache.Cache")
    assert refused("sitegen.pages.render", "sitegen.incremental.cache.Cache")
    assert not refused("sitegen.derive.relations", "sitegen.incremental.queries.query")
    assert not refused("sitegen.model.site", "re")


def test_no_module_of_the_package_is_outside_the_table() -> None:
    folders = {path.name for path in (SCRIPTS / "sitegen").iterdir() if path.is_dir()}
    known = {room.split(".")[1] for room in ALLOWED if room.startswith("sitegen.")}

    assert folders - {"__pycache__"} <= known


@pytest.mark.parametrize(
    ("heading", "allowed"),
    [("From | May import", ALLOWED), ("Library | Imported only in", LIBRARIES)],
    ids=["folders", "libraries"],
)
def test_the_guide_has_the_same_table(heading: str, allowed: dict[str, tuple[str, ...]]) -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8").partition(f"| {heading} |\n")[2]
    rows = [re.findall(r"`([\w.]+)`", line) for line in text.partition("\n\n")[0].splitlines()[1:]]

    assert {row[0]: tuple(row[1:]) for row in rows} == allowed
