"""Pages of any drug: nothing is of the first drug, and no sentence is broken by its data."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

import pytest
from folders import DRUGS, TEMPLATES

import sitegen
from sitegen.model.absence import Absence

pytestmark = pytest.mark.slow  # the sites of several drugs are built

# These describe the model, in which every kind of record has its place.
ABOUT_THE_MODEL = ("data/index.md", "data/dictionary.md")
# Words that stand on pages of the first drug because its sources have them.
OF_THE_FIRST = ("drop", "nostril", "nasal", "intranasal", "peptide", "russian", "article")
ABSENCES = "|".join(word.value for word in Absence)
COUNTED = (
    "cautions|checks|claims|codes|conditions|contraindications|disagreements|events|experiments"
    "|fields|figures|gaps|interactions|items|organisations|persons|questions|readings|records"
    "|regimens|reports|rows|sentences|sources|strengths|studies|substances|terms|values"
)


@cache
def pages(drug: str) -> dict[str, str]:
    """The text of each page of a drug that is about its data."""
    made = sitegen.build(DRUGS[drug], TEMPLATES)
    return {page.uri: page.markdown for page in made.pages if page.uri not in ABOUT_THE_MODEL}


@cache
def written(drug: str) -> str:
    """Everything that stands in the data of a drug, in small letters."""
    files = sorted(DRUGS[drug].rglob("*.yml"))
    return "\n".join(path.read_text(encoding="utf-8") for path in files).lower()


def plain(markdown: str) -> str:
    """What readers see of a page, in one line."""
    body = markdown.partition("\n---\n")[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def found(drug: str, pattern: str) -> list[tuple[str, str]]:
    """Each place on the pages of a drug that a pattern fits."""
    return [
        (uri, match[0])
        for uri, text in pages(drug).items()
        for match in re.finditer(pattern, plain(text), re.IGNORECASE)
    ]


@pytest.mark.parametrize("drug", DRUGS)
def test_no_page_has_a_word_of_the_first_drug_that_the_data_do_not_have(drug: str) -> None:
    foreign = [word for word in OF_THE_FIRST if word not in written(drug)]

    assert len(foreign) > 2
    assert found(drug, rf".{{0,40}}\b(?:{'|'.join(foreign)})s?\b.{{0,40}}") == []


@pytest.mark.parametrize("drug", DRUGS)
def test_no_page_begins_with_a_word_of_absence(drug: str) -> None:
    first = re.compile(r'<p class="(?:lede|lead)">(.*?)</p>', re.DOTALL)
    said = {
        uri: plain(f"\n---\n{match[1]}")
        for uri, text in pages(drug).items()
        if (match := first.search(text))
    }

    assert said["index.md"]
    assert [one for one in said.items() if re.search(rf"(?:^|: )(?:{ABSENCES})\.?$", one[1])] == []


@pytest.mark.parametrize("drug", DRUGS)
def test_one_thing_is_no_plural(drug: str) -> None:
    assert found(drug, rf"(?<![\d.,–-])\b1 (?:{COUNTED})\b") == []
    assert found(drug, r"\b1 (?:\w+ )?(?:stud(?:y)|report|regimen)\b[^.]*\. [^.]*\bof them\b") == []


@pytest.mark.parametrize("drug", DRUGS)
def test_no_heading_stands_over_nothing(drug: str) -> None:
    heading = re.compile(r"^(#{2,6}) .*\n+(?=(#{1,6}) |\Z)", re.MULTILINE)
    empty = [
        (uri, match[0].strip())
        for uri, text in pages(drug).items()
        for match in heading.finditer(text.rstrip() + "\n")
        if len(match[2] or "#") <= len(match[1])
    ]

    assert empty == []


@pytest.mark.parametrize("drug", DRUGS)
def test_no_picture_is_without_a_number(drug: str) -> None:
    pictures = re.compile(r'<svg class="chart-svg.*?</svg>', re.DOTALL)
    drawn = [(uri, one) for uri, text in pages(drug).items() for one in pictures.findall(text)]

    assert [uri for uri, one in drawn if not re.search(r"[1-9]", re.sub(r"<[^>]*>", "", one))] == []
