"""What is said beside pictures, over all its states."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from sound import replace, rich_folder, sound_folder

from sitegen.derive.drawn_doses import DrawnDose, drawn_doses
from sitegen.derive.evidence_map import ANIMAL, IN_VITRO, NOT_DETERMINED, MapCell
from sitegen.derive.relations import Relations
from sitegen.derive.safety import ListedBy, Listing, SourceListing
from sitegen.derive.total import Computed, Stated, absent
from sitegen.model.absence import Absence
from sitegen.model.quantity import Range, quantity
from sitegen.read.load import load
from sitegen.statements import pictures
from sitegen.statements.sources import source_label


def said(text: str) -> str:
    return text.replace("\u00a0", " ")


def row(known: Relations, each: object, daily: object, **drawn: object) -> DrawnDose:
    regimen = known.regimens[0]
    found = {"each_drawn": None, "daily_drawn": None, **drawn}
    return DrawnDose(regimen, "", "", each, daily, **found)  # type: ignore[arg-type]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return sound_folder(tmp_path)


def relations(data: Path) -> Relations:
    return Relations(load(data).site)


def test_each_line_and_daily_line_are_in_the_unit_of_the_axis(data: Path) -> None:
    stated = Stated(quantity("250 micrograms"), ())
    computed = Computed(quantity("0.6666 mg per day"), "a × b")
    drawn = {"each_drawn": quantity("0.25 mg"), "daily_drawn": computed.amount}
    found = row(relations(data), stated, computed, **drawn)

    assert said(pictures.each_line(found)) == "0.25 mg"
    assert said(pictures.daily_line(found)) == "about 0.667 mg a day"


def test_an_amount_that_is_not_on_the_axis_is_in_its_own_unit_or_says_why(data: Path) -> None:
    found = row(
        relations(data), Stated(quantity("2 mL"), ()), absent("length", Absence.NOT_REPORTED)
    )

    assert said(pictures.each_line(found)) == "2 mL"
    assert pictures.daily_line(found) == "cannot be computed: length not reported"


def test_conflict_line_names_the_other_sources_or_that_none_was_found(tmp_path: Path) -> None:
    known = relations(rich_folder(tmp_path))

    lines = {regimen.id: pictures.conflict_line(known, regimen) for regimen in known.regimens}
    assert lines["yawning"] == pictures.NO_CONFLICT


def test_a_regimen_of_several_phases_is_said_not_to_be_compared(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    phase = "{each: 1 mg, times: 1 per day, daily: not reported, length: 1 week}"
    replace(data, "regimens/trial.yml", "severity: severe", f"severity: severe\nthen: [{phase}]")
    known = relations(data)
    trial = known.site.regimens["trial"]

    assert pictures.conflict_line(known, trial) == "not compared: it has several phases"
    assert pictures.conflicting(known, trial) == ()
    for dose in drawn_doses(known, trial):
        assert "conflict" not in pictures.dose_line(known, dose)


def test_who_conflicts_is_of_one_condition_where_it_is_asked_for(tmp_path: Path) -> None:
    known = relations(rich_folder(tmp_path))
    trial = known.site.regimens["trial"]

    assert pictures.conflicting(known, trial) == pictures.conflicting(known, trial, "hiccups")
    assert pictures.conflicting(known, trial, "hiccups")
    assert pictures.conflicting(known, trial, "yawning") == ()
    assert pictures.conflict_line(known, trial, "yawning") == pictures.NO_CONFLICT


def test_undrawn_doses_line_counts_what_is_drawn_with_each_dose_alone(data: Path) -> None:
    assert pictures.undrawn_doses_line(relations(data)) == ""

    replace(data, "regimens/hiccups.yml", "times: 2 per day", "times: not reported")

    assert pictures.undrawn_doses_line(relations(data)) == (
        "1 regimen has no daily dose in the unit of the axis: 1 drawn with each dose alone."
    )


def test_undrawn_doses_line_counts_what_is_not_drawn(data: Path) -> None:
    replace(data, "regimens/hiccups.yml", "each: 2-4 mg", "each: not reported")

    assert pictures.undrawn_doses_line(relations(data)) == (
        "1 regimen has no daily dose in the unit of the axis: 1 not drawn."
    )
    [found] = drawn_doses(relations(data), relations(data).regimens[0])
    assert (found.is_drawn, found.drawn) == (False, (None, None))


@pytest.mark.parametrize(
    ("column", "cell", "counted", "people"),
    [
        (NOT_DETERMINED, MapCell(0), "none in the records", ""),
        (ANIMAL, MapCell(0), "none in the records", ""),
        (IN_VITRO, MapCell(1), "1 experiment", ""),
        (NOT_DETERMINED, MapCell(1, 1), "1 report", "number of people not known"),
        (NOT_DETERMINED, MapCell(2, 1, 1, Range.of(40)), "2 reports", "40 people"),
        (NOT_DETERMINED, MapCell(2, 2, 1, Range.of(1)), "2 reports", "1 person in 1 of 2 studies"),
    ],
)
def test_counted_line_and_people_line(
    column: str, cell: MapCell, counted: str, people: str
) -> None:
    assert pictures.counted_line(column, cell) == counted
    assert said(pictures.people_line(column, cell)) == people


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        (MapCell(0), ""),
        (MapCell(1, 1), ""),
        (MapCell(1, 1, 1, Range.of(40)), "40"),
        (MapCell(2, 2, 1, Range.of(40)), "≥40"),
        (MapCell(1, 1, 1, Range(Fraction(300), None, strict=True)), "≥300"),
        (MapCell(1, 1, 1, Range(Fraction(30), Fraction(32))), "≥30"),
        (MapCell(1, 1, 1, Range(None, Fraction(30))), "≤30"),
        (MapCell(2, 2, 1, Range(None, Fraction(30))), ""),
    ],
)
def test_people_are_drawn_as_a_number_and_its_bound(cell: MapCell, people: str) -> None:
    assert pictures.people_in_brief(cell) == people


def test_read_share_line_leaves_out_what_is_none() -> None:
    counts = [("full text", 1), ("abstract", 0), ("single facts", 3)]

    assert pictures.read_share_line(counts) == "4 sources: full text 1, single facts 3."


def test_dose_line_says_whose_dose_it_is_and_who_conflicts(tmp_path: Path) -> None:
    known = relations(rich_folder(tmp_path))
    lines = {
        said(pictures.dose_line(known, dose)): pictures.conflict_line(known, regimen)
        for regimen in known.regimens
        for dose in drawn_doses(known, regimen)
    }

    assert any(conflict != pictures.NO_CONFLICT for conflict in lines.values())
    for line, conflict in lines.items():
        against = f"; in conflict with {conflict}." if conflict != pictures.NO_CONFLICT else "."
        assert line.endswith(against)
        assert ("in conflict" in line) is (conflict != pictures.NO_CONFLICT)
        assert ": each dose " in line


def test_listings_line_names_each_source_under_how_it_stands(data: Path) -> None:
    known = relations(data)
    source = known.site.sources["leaflet"]
    unread = source.model_copy(update={"read": "single facts", "read_for": ()})
    entries = (
        SourceListing(source, Listing.LISTED, ()),
        SourceListing(source, Listing.NOT_LISTED, ()),
        SourceListing(source, Listing.NARROWER, ()),
        SourceListing(unread, Listing.NOT_READ, ()),
    )
    label = source_label(source)

    assert pictures.listings_line(ListedBy("Age", None, entries)) == (
        f"listed: {label}; not listed: {label}; narrower: {label}; not read for this: {label}."
    )


@pytest.mark.parametrize("listing", Listing)
def test_mark_line_says_of_what_is_related_that_something_else_is_named(listing: Listing) -> None:
    related = listing in (Listing.BROADER, Listing.NARROWER, Listing.OVERLAPPING)
    said = pictures.mark_line(listing)

    assert said == (f"names something {listing.value}" if related else listing.value)
