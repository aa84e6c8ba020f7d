"""The colours of the theme's dark scheme are all given by our own style sheet."""

from __future__ import annotations

import re
from pathlib import Path

import material
from folders import ROOT

SHEETS = Path(material.__file__).parent / "templates" / "assets" / "stylesheets"
NOT_ON_PAGES = re.compile(r"--md-code-(hl-|bg-color--)")
"""The colours of highlighted code and of its buttons, of which no page has any."""
OWN = ROOT / "docs" / "assets" / "site.css"


def sheet(name: str) -> str:
    (path,) = SHEETS.glob(f"{name}.*.min.css")
    return path.read_text(encoding="utf-8")


def names_that_the_dark_scheme_sets() -> set[str]:
    (rule,) = re.findall(r"(?<=\[data-md-color-scheme=slate\]\{)[^}]*", sheet("palette"))
    return set(re.findall(r"(--md-[a-z0-9-]+):", rule))


def names_that_are_read() -> set[str]:
    """The names that the theme's main sheet reads, but to give another its value."""
    rules = re.sub(r":root[^{]*\{[^}]*\}", "", sheet("main"))
    return set(re.findall(r"var\((--md-[a-z0-9-]+)", rules))


def test_every_name_of_the_dark_scheme_that_is_read_is_given() -> None:
    given = set(re.findall(r"(--md-[a-z0-9-]+):", OWN.read_text(encoding="utf-8")))
    needed = names_that_the_dark_scheme_sets() & names_that_are_read()

    assert len(needed) > 20
    assert {name for name in needed - given if not NOT_ON_PAGES.match(name)} == set()
    assert not any('class="highlight' in path.read_text("utf-8") for path in templates())


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.jinja"))
