"""Which printed figure a regimen shows beside each of its values."""

from __future__ import annotations

from pathlib import Path

import pytest
from sound import problems, read, replace, sound_folder, write

from sitegen.read.load import load
from sitegen.statements.wording import Row, wording

LEAFLET, HICCUPS = "sources/leaflet.yml", "regimens/hiccups.yml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return sound_folder(tmp_path)


def rows_of(data: Path, printed: str, fields: str) -> dict[str, Row]:
    """The rows of a regimen with more fields, whose sentence prints one more figure."""
    replace(data, LEAFLET, '"2–4 mg", "twice', f'"{printed}", "2–4 mg", "twice')
    write(data, HICCUPS, read(data, HICCUPS) + fields)
    assert problems(data) == []
    site = load(data).site
    return {row.title: row for row in wording(site, site.regimens["hiccups"])}


@pytest.mark.parametrize(
    ("printed", "fields", "title"),
    [
        ("aged 12 to 17 years", "population: {age: 12-17 years}\n", "Age"),
        ("18 years and older", "population: {age: ≥ 18 years}\n", "Age"),
        ("over 60 years", 'population: {age: "> 60 years"}\n', "Age"),
        ("6 to 11 years", "population: {age: 6-11 years}\n", "Age"),
        ("over 40 kg", 'population: {weight: "> 40 kg"}\n', "Weight"),
        ("over 30 minutes", "over: 30 minutes\n", "How long one administration takes"),
        (
            "30 to 59 mL/min",
            "population:\n  renal_function:\n    measure: creatinine clearance\n"
            "    value: 30-59 mL per minute\n",
            "Creatinine clearance",
        ),
    ],
)
def test_a_value_stands_beside_the_figure_that_proves_it(
    data: Path, printed: str, fields: str, title: str
) -> None:
    assert rows_of(data, printed, fields)[title].printed == (printed,)


def test_a_time_that_an_administration_takes_is_no_length_of_a_course(data: Path) -> None:
    replace(data, LEAFLET, '"5–10 days"', '"over 10 days", "10 days"')
    replace(data, HICCUPS, "length: 5-10 days", "length: 10 days")
    site = load(data).site

    rows = {row.title: row for row in wording(site, site.regimens["hiccups"])}

    assert rows["Duration"].printed == ("10 days",)
