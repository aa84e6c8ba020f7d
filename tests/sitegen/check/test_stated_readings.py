"""A curator's reading of a printed figure: it proves that amount alone, and is said to be one."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import exported
import pytest
from sound import problems, read, replace, sound_folder, write

from sitegen.check import register
from sitegen.check.evidence import Printed, decimal_mark, printed_by, unproved
from sitegen.export.records import plain
from sitegen.model import Site, StatedReading
from sitegen.model.quantity import quantity
from sitegen.read.load import load
from sitegen.statements.quoting import reading_line, readings_by_curator
from sitegen.statements.wording import wording

LEAFLET, HICCUPS = "sources/leaflet.yml", "regimens/hiccups.yml"
WHY = "The invented unit is a milligram."
READING = StatedReading.model_validate({"printed": "2–4 zorks", "reads_as": "2-4 mg", "why": WHY})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return sound_folder(tmp_path)


def register_as(data: Path, printed: str, reads_as: str) -> None:
    """Have the leaflet print its dose so, with a curator's reading."""
    figure = json.dumps({"printed": printed, "reads_as": reads_as, "why": WHY}, ensure_ascii=False)
    replace(data, LEAFLET, '"2–4 mg", "twice', f'{figure}, "twice')


def site_with(data: Path, printed: str, reads_as: str) -> Site:
    register_as(data, printed, reads_as)
    assert problems(data) == []
    return load(data).site


@pytest.mark.parametrize("printed", ["2–4 zorks", "two or four of the measure", "a pinch"])
def test_a_figure_that_no_rule_reads_proves_what_a_curator_reads(data: Path, printed: str) -> None:
    register_as(data, printed, "2-4 mg")

    assert problems(data) == []


def test_a_number_of_nothing_proves_what_a_curator_says_that_it_counts(data: Path) -> None:
    replace(data, LEAFLET, '"2–4 mg", "twice', '"2-4", "twice')
    assert [
        line
        for line in problems(data)
        if "'2-4 mg' is not in" in line and "number of nothing: list more words" in line
    ]

    replace(
        data, LEAFLET, '"2-4", "twice', f'{{printed: "2-4", reads_as: 2-4 mg, why: {WHY}}}, "twice'
    )
    assert problems(data) == []


def test_a_point_in_time_is_no_length_until_a_curator_says_from_when(data: Path) -> None:
    replace(data, LEAFLET, '"2–4 mg", "twice', '"day 2", "3.0", "twice')
    write(data, HICCUPS, re.sub("(?m)^length: .*$", "length: 2 days", read(data, HICCUPS)))
    (line,) = (line for line in problems(data) if "'2 days' is not in" in line)

    assert "'day 2' there is a point in time" in line
    assert "{printed: day 2, reads_as: 2 days, why: …}" in line
    assert "'3.0'" not in line.partition(";")[2]


def test_without_a_reading_it_proves_nothing(data: Path) -> None:
    replace(data, LEAFLET, '"2–4 mg", "twice', '"2–4 zorks", "twice')

    assert [line for line in problems(data) if "'2-4 mg' is not in" in line]


@pytest.mark.parametrize(
    ("value", "is_proved"),
    [
        (quantity("2-4 mg"), True),
        (quantity("2000-4000 micrograms"), False),
        (quantity("2 mg"), False),
        (quantity("4 mg"), False),
        (quantity("2-4 g"), False),
        (quantity("2-4 mL"), False),
        ("It was 2-4 mg.", True),
        ("It was 2-4 zorks.", True),
        ("It was 3 mg.", False),
        ("It was 2.", False),
    ],
)
def test_it_proves_the_amount_and_nothing_else(data: Path, value: object, is_proved: bool) -> None:
    source = load(data).site.sources["leaflet"]

    there = printed_by(source, [READING])

    assert (list(unproved(value, there)) == []) is is_proved


@pytest.mark.parametrize(
    ("printed", "reads_as"),
    [("2–4 mg", "2-4 mg"), ("2–4 mg", "9 mg"), ("twice a day", "1 per day")],
)
def test_a_figure_that_a_rule_reads_has_no_reading(data: Path, printed: str, reads_as: str) -> None:
    register_as(data, printed, reads_as)

    assert [
        line
        for line in problems(data)
        if f"reads_as is not needed: '{printed}' is understood; list it as printed" in line
    ]


def test_a_regimen_says_which_value_rests_on_a_reading(data: Path) -> None:
    site = site_with(data, "2–4 zorks", "2-4 mg")

    rows = {row.field: row for row in wording(site, site.regimens["hiccups"])}

    assert rows["each"].printed == ("2–4 zorks",)
    assert rows["each"].note is not None
    assert rows["each"].note.replace("\u00a0", " ").endswith(f"Read by a curator as 2–4 mg: {WHY}")
    assert "Read by" not in (rows["length"].note or "")
    assert reading_line(READING).replace("\u00a0", " ") == f"Read by a curator as 2–4 mg: {WHY}"


def test_a_value_of_a_study_says_that_it_rests_on_a_reading(data: Path) -> None:
    site = site_with(data, "2–4 zorks", "2-4 mg")
    regimen = site.regimens["hiccups"]

    assert readings_by_curator(site, regimen.each, regimen.at) == (reading_line(READING),)
    assert readings_by_curator(site, regimen.length, regimen.at) == ()
    assert readings_by_curator(site, None, regimen.at) == ()


def test_files_have_the_reading_beside_the_printed_figure(data: Path) -> None:
    [sentence] = [
        sentence
        for sentence in site_with(data, "2–4 zorks", "2-4 mg").sources["leaflet"].sentences
        if sentence.at == "dosage.1.1"
    ]

    assert plain(sentence)["figures"][0] == {
        "printed": "2–4 zorks",
        "reads_as": {"text": "2-4 mg", "low": "2", "high": "4", "unit": "mg", "ucum": "mg"},
        "why": WHY,
    }
    assert str(sentence.figures[0]) == "2–4 zorks [read by a curator as 2-4 mg]"
    assert sentence.printed == ("2–4 zorks", "twice a day", "5–10 days")


def test_the_text_has_the_figure_as_it_is_printed(data: Path) -> None:
    site = site_with(data, "2–4 zorks", "2-4 mg")

    faults = list(register.faults(site, site.sources["leaflet"], "2-4 mg"))

    assert not [fault for fault in faults if "read by a curator" in fault]
    assert decimal_mark(site.sources["leaflet"]) == "."
    assert Printed("2–4 zorks", ".", READING).doubt == ""


def test_pages_show_whose_reading_it_is() -> None:
    pages = {page.uri: page.markdown for page in exported.book("other").pages}

    for uri in ("sources/letter.md", "dosage/dizziness-letter.md"):
        text = html.unescape(pages[uri]).replace("\u00a0", " ")
        assert "2 miligramoj" in text
        assert "Read by a curator as 2 mg: The invented language writes milligrams so." in text
