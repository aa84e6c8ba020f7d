"""A site with hardly a record: what is not there is said of the records, and of no source."""

from __future__ import annotations

import re

import pytest
from browser.markup import parse
from folders import TEMPLATES
from sound import replace, sound_folder

import sitegen

GONE = "studies regimens cautions claims events people terms organisations conditions".split()


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The text of every page of a folder that has a source and a substance alone."""
    data = sound_folder(tmp_path_factory.mktemp("nothing"))
    for kind in GONE:
        for path in (data / kind).glob("*.yml"):
            path.unlink()
    replace(data, "substances/examplin.yml", "organisations: [institute-of-yawns]\n", "")
    register = data / "sources/leaflet.yml"
    entries = re.sub(r"(?m)^    unused:.*\n", "", register.read_text("utf-8"))
    register.write_text(
        re.sub(r"(?m)^(  - at: (?!use\.1\.1).*)$", r"\1\n    unused: It is a test.", entries),
        "utf-8",
    )
    made = sitegen.build(data, TEMPLATES)
    return {page.uri: parse(page.markdown).text for page in made.pages}


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("index.md", "No report of a study in people is in the records."),
        ("index.md", "No regimen is in the records."),
        ("dosage/index.md", "No regimen is in the records."),
        ("dosage/strengths-and-volumes.md", "No regimen is in the records."),
        ("studies/index.md", "No human study is in the records."),
        ("conditions/index.md", "No condition is in the records."),
        ("checks/index.md", "No check is in the records."),
        ("safety/index.md", "The one source read for contraindications is silent on them."),
        ("safety/index.md", "No study in people is in the records."),
        ("substance/claims.md", "No claim is in the records."),
        ("substance/history.md", "No event is in the records."),
        ("substance/products.md", "No presentation is in the records."),
        ("glossary/index.md", "No term is in the records."),
    ],
)
def test_a_page_says_that_the_records_have_none(texts: dict[str, str], uri: str, said: str) -> None:
    assert said in texts[uri]


def test_no_page_counts_nothing_of_nothing(texts: dict[str, str]) -> None:
    found = {
        uri: re.findall(r"\b0 of 0\b|no reports of|\b0 values", text) for uri, text in texts.items()
    }

    assert {uri: counts for uri, counts in found.items() if counts} == {}


def test_routes_are_not_said_to_be_unknown_of_regimens_that_are_not_there(
    texts: dict[str, str],
) -> None:
    assert "Routes in regimens" not in texts["index.md"]
