"""The first page in words: the evidence as a whole, the kind of a source, routes and strengths."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import get_args

import pytest
from made_records import TWO_READINGS, regimen
from sound import read, rich_folder, write

from sitegen.derive import sizes
from sitegen.derive.relations import Relations
from sitegen.model import Product, Record, Reported, Site, Source
from sitegen.model.absence import Absence
from sitegen.read.load import load
from sitegen.statements.overview import (
    designs_line,
    evidence_overview,
    possible_values,
    routes,
    source_kind,
    strengths,
)
from sitegen.statements.sources import kind_as_read

TRIAL = "studies/trial.yml"


def with_records(site: Site, kind: str, *records: Record) -> Site:
    """Return a site with these records of a kind, and all others as they were."""
    made = {str(place): record for place, record in enumerate(records)}
    return dataclasses.replace(site, records={**site.records, kind: made})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return rich_folder(tmp_path)


def relations(data: Path) -> Relations:
    return Relations(load(data).site)


def of_trial(data: Path, *lines: str) -> None:
    """Add fields to the report of the trial, which is tied to another as one study."""
    write(data, TRIAL, read(data, TRIAL) + "".join(f"{line}\n" for line in lines))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], "none described as randomised, none described as double-blind"),
        (
            ["allocation_type: randomised"],
            "1 described as randomised, none described as double-blind",
        ),
        (
            ["allocation_type: not randomised"],
            "none described as randomised, none described as double-blind",
        ),
        (
            ["allocation_type: not reported"],
            "none described as randomised, none described as double-blind",
        ),
        (
            ["allocation_type: unclear"],
            "none described as randomised (1 unclear), none described as double-blind",
        ),
        (
            ["masking: double-blind"],
            "none described as randomised, 1 described as double-blind",
        ),
        (
            ["masking: single-blind"],
            "none described as randomised, none described as double-blind",
        ),
        (
            ["masking: unclear"],
            "none described as randomised, none described as double-blind (1 unclear)",
        ),
        (
            ["allocation_type: randomised", "masking: double-blind"],
            "1 described as randomised, 1 described as double-blind",
        ),
    ],
)
def test_a_study_counts_as_what_the_record_of_any_report_says(
    data: Path, lines: list[str], expected: str
) -> None:
    of_trial(data, *lines)

    said = evidence_overview(relations(data))

    assert said.startswith("1 human study in 2 reports. In what was read of them, ")
    assert f"of them, {expected} and " in said


def test_an_unclear_allocation_that_is_indexed_as_randomised_is_said_to_be(data: Path) -> None:
    of_trial(data, "allocation_type: unclear")
    site = load(data).site
    [source] = [relations(data).source_of(site.studies["trial"])]
    assert source.publication
    filed = source.publication.model_copy(update={"types": ("Randomized Controlled Trial",)})
    made = source.model_copy(update={"publication": filed})
    sources = {**site.records["sources"], source.id: made}
    records = {**site.records, "sources": sources}

    said = evidence_overview(Relations(dataclasses.replace(site, records=records)))

    assert "none described as randomised (1 unclear, indexed as randomised), none" in said


@pytest.mark.parametrize(
    ("read_as", "expected"),
    [("abstract", "none"), ("full text", "1"), ("single facts", "none")],
)
def test_only_a_publication_counts_as_read_in_full(data: Path, read_as: str, expected: str) -> None:
    """The leaflet is read in full, and is no publication: it never counts."""
    site = load(data).site
    paper = site.sources["paper"].model_copy(update={"read": read_as})
    leaflet = site.sources["leaflet"]
    assert leaflet.read == "full text"
    records = {**site.records, "sources": {"paper": paper, "leaflet": leaflet}}

    said = evidence_overview(Relations(dataclasses.replace(site, records=records)))

    assert said.endswith(f" and {expected} read in the full text of a publication.")


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        ({}, "not described as randomised and not described as double-blind; it was not"),
        (
            {"allocation_type": "randomised", "masking": "double-blind"},
            "described as randomised and described as double-blind",
        ),
        (
            {"masking": "unclear"},
            "not described as randomised and not described as double-blind (unc",
        ),
    ],
)
def test_one_report_alone_is_described_without_counts(
    data: Path, design: dict[str, str], expected: str
) -> None:
    of_trial(data, *(f"{field}: {word}" for field, word in design.items()))
    site = load(data).site
    records = {**site.records, "studies": {"trial": site.studies["trial"]}, "ties": {}}

    said = evidence_overview(Relations(dataclasses.replace(site, records=records)))

    assert said.startswith(f"1 human study. As far as it was read, it is {expected}")
    assert said.endswith("; it was not read in the full text of a publication.")


def test_without_a_study_there_is_no_count(data: Path) -> None:
    site = load(data).site

    none = Relations(with_records(site, "studies"))
    assert evidence_overview(none) == "No human study is in the records."
    assert designs_line(none) == ""


def test_the_kind_of_a_source_has_its_character_where_one_is_recorded(data: Path) -> None:
    sources = load(data).site.sources
    paper = sources["paper"]

    said = {
        "full text": "",
        "abstract": ", abstract read",
        "summary by others": ", read in a summary by others",
        "bibliographic record": ", bibliographic record read",
        "single facts": ", single facts read",
    }
    assert {*said} == {*get_args(Source.model_fields["read"].annotation)}
    for read_as, words in said.items():
        one = paper.model_copy(update={"read": read_as})
        assert kind_as_read(one) == f"journal article{words}"
        assert source_kind(one) == f"journal article{words}; primary"
        assert source_kind(one.model_copy(update={"character": ()})) == f"journal article{words}"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["oral", "oral"], "oral"),
        (["oral", "intranasal"], "oral, intranasal"),
        (["oral", "not reported"], "oral"),
        (["not reported", "not reported"], Absence.NOT_REPORTED),
        (["not reported", "not extracted"], Absence.NOT_EXTRACTED),
        (["not extracted", "not extracted"], Absence.NOT_EXTRACTED),
        ([], Absence.NOT_EXTRACTED),
    ],
)
def test_routes_are_those_of_regimens_each_once(
    data: Path, given: list[str], expected: object
) -> None:
    site = load(data).site
    made = [regimen(id=str(place), route=route) for place, route in enumerate(given)]

    assert routes(Relations(with_records(site, "regimens", *made))) == expected


def test_strengths_are_those_of_labels_and_else_amounts(data: Path) -> None:
    site = load(data).site
    drops = next(iter(site.products.values()))
    assert (str(drops.strength.value), drops.strength_label.absence) == (
        "10 mg/mL",
        Absence.NOT_REPORTED,
    )
    label = Reported[str](value="1 %")
    labelled = drops.model_copy(update={"strength_label": label})
    unknown = drops.model_copy(update={"strength": drops.strength_label})

    def of(*products: Product) -> str:
        return strengths(with_records(site, "products", *products))

    assert of(labelled, labelled) == "1\N{NO-BREAK SPACE}%"
    assert of(labelled, drops) == "1\N{NO-BREAK SPACE}%, 10\N{NO-BREAK SPACE}mg/mL"
    assert of(unknown) == of() == ""
    assert of(labelled, drops.model_copy(update={"apart": "Another medicine."})) == of(labelled)


def test_a_single_value_is_given_with_the_size_of_a_drop_that_it_assumes(data: Path) -> None:
    site = load(data).site
    given = regimen(
        drops="2 drops", product="drops", times="2 per day", site="each nostril", route="intranasal"
    )
    ways = sizes.conditional_ways(sizes.courses_of(site, given), "daily")

    assert possible_values(ways, "daily").replace("\N{NO-BREAK SPACE}", " ") == (
        "4 mg a day if a drop is 0.05 mL"
    )


@pytest.mark.parametrize(
    ("fields", "of", "expected"),
    [
        ({"each": "3 mg", "times": "2 per day"}, "daily", "6\N{NO-BREAK SPACE}mg a day"),
        ({"each": "3 mg", "times": "2 per day"}, "total", "cannot be computed"),
        ({"times": "2 per day"}, "daily", "cannot be computed"),
        ({"each": "3 mg", "times": "1 time"}, "daily", "not applicable"),
        (
            {"each": "3 mg", "times": "unclear", "readings": TWO_READINGS},
            "daily",
            "6–9\N{NO-BREAK SPACE}mg a day in 1 of 2 readings",
        ),
        (
            {"each": "3 mg", "times": "unclear", "readings": TWO_READINGS, "length": "1 week"},
            "total",
            "2 possible values",
        ),
    ],
)
def test_a_value_of_some_readings_is_given_with_how_many_there_are(
    data: Path, fields: dict[str, object], of: str, expected: str
) -> None:
    site = load(data).site
    ways = sizes.conditional_ways(sizes.courses_of(site, regimen(**fields)), of)

    assert possible_values(ways, of) == expected
