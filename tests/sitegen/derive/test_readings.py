"""Readings of unclear values: each total in each combination, on pages and in every file.

All records are invented.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest
from exported import TEMPLATES
from sound import problems, replace, rich_folder, write

import sitegen
from sitegen import SiteOutput, read_site
from sitegen.derive.course import condition
from sitegen.derive.participants import participants_of
from sitegen.derive.readings import joined, reading_words
from sitegen.derive.sizes import courses_of
from sitegen.derive.total import Impossible
from sitegen.model.typography import NO_BREAK, rounded
from sitegen.statements.amounts import why_none
from sitegen.statements.studies import participants_phrase

SENTENCE = """\
  - at: abstract.1.6
    gist: Two numbers stand side by side in everything.
    figures: [1 mg, 2 mg, 4 mg, 3 mg per day, 5 mg per day, twice a day, three times a day,
      5 days, 10 days, 2 courses, 3 courses, 30 patients, 40 patients, 6 years, 8 years,
      30 minutes, 60 minutes, 1 mg per hour, 2 mg per hour, 20 days, 4 drops, 6 drops]
"""
UNCLEAR = "not reported"
FIELDS = {
    "name": "Hiccups, read in two ways",
    "conditions": "[hiccups]",
    "people": "not extracted",
    "at": "paper abstract.1.6",
    "route": "oral",
    "each": "2 mg",
    "volume": "not applicable",
    "times": "2 per day",
    "daily": "not reported",
    "length": "5 days",
    "strength": "not applicable",
}


def two(*values: str) -> str:
    """Return an unclear value with readings, as a file has it."""
    return f"{{value: unclear, readings: [{', '.join(values)}]}}"


def folder(tmp_path: Path, **fields: str) -> Path:
    """Write a sound folder with one regimen whose fields are unclear."""
    data = rich_folder(tmp_path)
    paper = data / "sources/paper.yml"
    paper.write_text(paper.read_text() + SENTENCE)
    lines = {**FIELDS, **fields}.items()
    write(data, "regimens/two.yml", "".join(f"{name}: {value}\n" for name, value in lines))
    return data


def totals(tmp_path: Path, of: str, **fields: str) -> list[tuple[str, str]]:
    """Return one total of the regimen in each reading, and its condition."""
    data = folder(tmp_path, **fields)
    assert problems(data) == []
    site = read_site(data)
    found = []
    for way in courses_of(site, site.regimens["two"]):
        total = getattr(way, of)
        shown = why_none(total) if isinstance(total, Impossible) else rounded(total.amount)
        found.append((way.condition.replace(NO_BREAK, " "), shown.replace(NO_BREAK, " ")))
    return found


@pytest.mark.parametrize(
    ("of", "fields", "expected"),
    [
        (
            "total",
            {"each": two("2 mg", "4 mg")},
            [("if the dose is 2 mg", "20 mg"), ("if the dose is 4 mg", "40 mg")],
        ),
        (
            "daily",
            {"times": two("2 per day", "3 per day")},
            [
                ("if the frequency is twice a day", "4 mg a day"),
                ("if the frequency is three times a day", "6 mg a day"),
            ],
        ),
        (
            "total",
            {"length": two("5 days", "10 days")},
            [("for 5 days", "20 mg"), ("for 10 days", "40 mg")],
        ),
        (
            "total",
            {"daily": two("3 mg per day", "5 mg per day"), "each": "not reported"},
            [
                ("if the amount a day is 3 mg a day", "15 mg"),
                ("if the amount a day is 5 mg a day", "25 mg"),
            ],
        ),
        (
            "all_courses",
            {"courses": f"{{count: {two('2 courses', '3 courses')}, gap: 20 days}}"},
            [
                ("if the number of courses is 2 courses", "40 mg"),
                ("if the number of courses is 3 courses", "60 mg"),
            ],
        ),
        (
            "per_dose",
            {
                "each": "not reported",
                "rate": two("1 mg per hour", "2 mg per hour"),
                "over": "30 minutes",
                "route": "intravenous",
            },
            [
                ("if the rate is 1 mg an hour", "0.5 mg"),
                ("if the rate is 2 mg an hour", "1 mg"),
            ],
        ),
        (
            "total",
            {"each": two("2 mg", "4 mg"), "length": two("5 days", "10 days")},
            [
                ("if the dose is 2 mg, for 5 days", "20 mg"),
                ("if the dose is 2 mg, for 10 days", "40 mg"),
                ("if the dose is 4 mg, for 5 days", "40 mg"),
                ("if the dose is 4 mg, for 10 days", "80 mg"),
            ],
        ),
        (
            "total",
            {
                "each": two("2 mg", "4 mg"),
                "length": "{value: unclear, note: Two stand there.}",
                "lengths": "[5 days, 10 days]",
            },
            [
                ("if the dose is 2 mg, for 5 days", "20 mg"),
                ("if the dose is 2 mg, for 10 days", "40 mg"),
                ("if the dose is 4 mg, for 5 days", "40 mg"),
                ("if the dose is 4 mg, for 10 days", "80 mg"),
            ],
        ),
        (
            "per_dose",
            {"each": "2 mg", "route": "intranasal", "site": two("each nostril", "one nostril")},
            [
                ("if the site is each nostril", "4 mg"),
                ("if the site is one nostril", "2 mg"),
            ],
        ),
    ],
)
def test_a_total_is_shown_in_each_combination_of_readings(
    tmp_path: Path, of: str, fields: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert totals(tmp_path, of, **fields) == expected


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"each": "{value: 2 mg, readings: [2 mg, 4 mg]}"}, "readings only where it is unclear"),
        ({"each": two("2 mg")}, "two or more readings, each another value"),
        ({"each": two("2 mg", "2 mg")}, "two or more readings, each another value"),
        ({"each": two("2 mg", "not reported")}, "two or more readings, each another value"),
        ({"each": two("2 mg", "5 days")}, "must be an amount such as '6 mg'"),
        ({"each": two("2 mg", "9 mg")}, "figure '9 mg' is not in paper abstract.1.6"),
        (
            {
                "each": two("1 mg", "2 mg", "4 mg"),
                "times": two("2 per day", "3 per day"),
                "length": two("5 days", "10 days"),
            },
            "must have at most 6 readings in a phase, not 12",
        ),
        (
            {"length": two("5 days", "10 days"), "lengths": "[5 days, 10 days]"},
            "must give the lengths once",
        ),
    ],
)
def test_readings_that_prove_nothing_are_refused(
    tmp_path: Path, fields: dict[str, str], message: str
) -> None:
    said = problems(folder(tmp_path, **fields))

    assert any(message in line and "regimens/two.yml" in line for line in said), said


def test_six_readings_are_accepted(tmp_path: Path) -> None:
    data = folder(tmp_path, each=two("1 mg", "2 mg", "4 mg"), times=two("2 per day", "3 per day"))

    assert problems(data) == []


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SiteOutput:
    """A site with an unclear dose in an unclear number of days, for people of an unclear age."""
    data = folder(
        tmp_path_factory.mktemp("two"),
        each=two("2 mg", "4 mg"),
        length=two("5 days", "10 days"),
        population=f"{{age: {two('6 years', '8 years')}}}",
    )
    replace(
        data,
        "studies/trial.yml",
        "at: paper abstract.1.1",
        "at: [paper abstract.1.1, paper abstract.1.6]",
    )
    replace(
        data,
        "studies/trial.yml",
        "participants: 30 people",
        "participants: {value: unclear, readings: [30 people, 40 people], at: paper abstract.1.6}",
    )
    for line in (
        "eligibility: Patients with severe hiccups",
        "dose: 12 mg",
        "frequency: 2 per day",
        "length: 2 weeks",
    ):
        name, value = line.split(": ")
        replace(
            data, "studies/trial.yml", line, f"{name}: {{value: {value}, at: paper abstract.1.1}}"
        )
    assert problems(data) == []
    return SiteOutput(sitegen.read(data), TEMPLATES)


def plain(text: str) -> str:
    return text.replace(NO_BREAK, " ")


def test_pages_and_search_and_copied_text_have_the_readings(made: SiteOutput) -> None:
    page = plain(made.page("dosage/two.md").markdown)
    table = plain(made.page("dosage/index.md").markdown)
    study = plain(made.page("studies/trial.md").markdown)
    found = plain(json.dumps([*made.documents], ensure_ascii=False))

    line = "2 mg or 4 mg (unclear) twice a day for 5 days or 10 days (unclear)"
    assert line in page
    assert line in found
    assert "The dose is 4 mg, for 10 days" in page
    assert "if the dose is 4 mg, for 10 days" in table
    assert "80 mg" in page
    assert "80 mg" in table
    assert "age 6 years or 8 years (unclear)" in page
    assert "Dose: unclear: 2 mg or 4 mg".replace(":", "&#58;") in page
    assert "30 people or 40 people" in study


def test_files_have_the_readings(made: SiteOutput) -> None:
    record = json.loads(made.files["data/v1/regimens/two.json"])
    schema = json.loads(made.files["data/v1/schema/regimens.json"])
    jsonschema.validate(record, schema)
    study = json.loads(made.files["data/v1/studies/trial.json"])
    fhir = made.files["data/v1/fhir/two.json"].decode()
    rows = list(csv.DictReader(io.StringIO(made.files["data/v1/csv/regimens.csv"].decode())))

    assert [one["text"] for one in record["each"]["readings"]] == ["2 mg", "4 mg"]
    assert [one["text"] for one in study["participants"]["readings"]] == ["30 people", "40 people"]
    assert [one["reading"].replace(NO_BREAK, " ") for one in record["computed"]["courses"]] == [
        *("the dose is 2 mg, for 5 days", "the dose is 2 mg, for 10 days"),
        *("the dose is 4 mg, for 5 days", "the dose is 4 mg, for 10 days"),
    ]
    assert "The dose is unclear: 2 mg or 4 mg. None of these is coded here." in plain(fhir)
    mine = [row for row in rows if row["id"] == "two"]
    assert [row["computed_a_course"] for row in mine] == ["20 mg", "40 mg", "40 mg", "80 mg"]
    assert "each: 2 mg or 4 mg" in plain(mine[0]["readings_of_values"])


def test_no_number_of_participants_is_chosen(made: SiteOutput) -> None:
    study = made.site.studies["trial"]

    assert isinstance(participants_of(study), Impossible)
    assert plain(participants_phrase(study)) == "30 people or 40 people (unclear)"


def test_readings_that_hold_together_are_one_condition() -> None:
    assert joined(None, None) is None
    assert joined("the dose is 2 mg", None) == "the dose is 2 mg"
    assert joined(None, "a day") == "a day"
    assert joined("the dose is 2 mg", "a day") == "the dose is 2 mg and a day"
    assert joined("the dose is 2 mg", "for 5 days") == "the dose is 2 mg, for 5 days"
    assert joined("for 5 days", "a drop is 1 mL") == "for 5 days, if a drop is 1 mL"
    assert condition(joined("for 5 days", "a drop is 1 mL")) == "for 5 days, if a drop is 1 mL"
    assert reading_words(None) == ""
