"""What a forge shows: forms that pages fill in, and the licence of every file."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
import yaml
from folders import ROOT, TEMPLATES

FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"


def ids(form: str) -> set[str]:
    """The ids of the fields of a form, which an address can fill in."""
    body = yaml.safe_load((FORMS / form).read_text(encoding="utf-8"))["body"]
    return {part["id"] for part in body if "id" in part}


def test_each_form_and_field_that_a_page_fills_in_exists() -> None:
    page = (TEMPLATES / "_page.md.jinja").read_text(encoding="utf-8")
    links = re.findall(r"\{\{ form \}\}([\w.-]+)&amp;(\w+)=", page)

    assert len(links) == 2
    for form, field in links:
        assert field in ids(form)


@pytest.mark.parametrize("form", ["wrong-figure.yml", "missing-source.yml", "site-fault.yml"])
def test_a_form_has_what_the_forge_needs(form: str) -> None:
    read = yaml.safe_load((FORMS / form).read_text(encoding="utf-8"))

    assert read["name"]
    assert read["description"]
    for part in read["body"]:
        assert part["type"] in {"markdown", "input", "textarea", "dropdown"}
        assert "label" in part["attributes"] or part["type"] == "markdown"


def test_every_licence_that_is_named_has_its_text_and_no_other_is_there() -> None:
    notes = tomllib.loads((ROOT / "REUSE.toml").read_text(encoding="utf-8"))["annotations"]

    named = {note["SPDX-License-Identifier"] for note in notes}
    assert {path.stem for path in (ROOT / "LICENSES").iterdir()} == named
    assert notes[0]["path"] == "**"  # so that no file is without one


def test_the_paths_of_other_licences_exist() -> None:
    notes = tomllib.loads((ROOT / "REUSE.toml").read_text(encoding="utf-8"))["annotations"]

    for note in notes:
        for path in [note["path"]] if isinstance(note["path"], str) else note["path"]:
            assert list(ROOT.glob(re.sub(r"\*\*(?=\.)", "**/*", path))), path


def test_the_version_and_its_day_are_the_same_wherever_they_are_written() -> None:
    site = yaml.safe_load((ROOT / "data" / "site.yml").read_text(encoding="utf-8"))
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    ledger = json.loads((ROOT / "data" / "released.json").read_text(encoding="utf-8"))
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[([0-9.]+)\] - (\S+)$", log, re.MULTILINE)

    version, day = site["version"], str(site["released"])
    assert (cited["version"], str(cited["date-released"])) == (version, day)
    assert headings[0] == (version, day)
    assert ledger["version"] == version


def test_the_archive_of_releases_says_what_the_site_says() -> None:
    archived = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    site = yaml.safe_load((ROOT / "data" / "site.yml").read_text(encoding="utf-8"))
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))

    assert archived["title"] == site["title"] == cited["title"]
    assert archived["description"].startswith(site["description"])
    assert [one["name"] for one in archived["creators"]] == [
        one["name"] for one in cited["authors"]
    ]
