"""The sum of all phases: one for each combination of readings, and never one silently."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from made_records import regimen, text
from sound import sound_folder

from sitegen.derive.sizes import MOST_SUMS, all_phases
from sitegen.model import Site
from sitegen.read.load import load

THEN = {"times": "1 per day", "daily": "not reported", "length": "5 days"}
TWO = {"value": "unclear", "readings": ["1 mg", "2 mg"]}


@cache
def site() -> Site:
    """A site that no sum depends on."""
    with TemporaryDirectory() as folder:
        return load(sound_folder(Path(folder))).site


def sums(*doses: object, **more: object) -> dict[str, str | None]:
    """The sum of phases of five days with a dose a day, behind the readings that it takes."""
    first, *others = doses
    given = regimen(each=first, **THEN, then=[{**THEN, "each": each, **more} for each in others])
    return {says.replace("\u00a0", " "): text(total) for says, total in all_phases(site(), given)}


def test_clear_phases_have_one_sum() -> None:
    assert sums("1 mg", "2 mg") == {"": "15 mg = 5 mg + 10 mg"}


def test_a_phase_with_readings_has_a_sum_for_each() -> None:
    assert sums("1 mg", TWO) == {
        "phase 2 of 2, if the dose is 1 mg": "10 mg = 5 mg + 5 mg",
        "phase 2 of 2, if the dose is 2 mg": "15 mg = 5 mg + 10 mg",
    }


def test_the_readings_of_two_phases_are_combined() -> None:
    found = sums(TWO, TWO)

    assert len(found) == 4
    assert found["phase 1 of 2, if the dose is 2 mg; phase 2 of 2, if the dose is 1 mg"] == (
        "15 mg = 10 mg + 5 mg"
    )


def test_there_are_no_more_sums_than_can_be_taken_in() -> None:
    found = sums(TWO, TWO, TWO)

    assert MOST_SUMS < 8
    assert found == {"": "none: phase 1 of 3: it has 2 readings"}


def test_readings_that_give_no_amount_are_one_reason() -> None:
    assert sums("1 mg", TWO, length="not reported") == {
        "": "none: phase 2 of 2: duration not reported"
    }


def test_a_phase_on_a_condition_is_taken_to_be_given() -> None:
    [(says, total)] = sums("1 mg", "2 mg", only_if="hiccups persist").items()

    assert (says, total) == ("if every phase is given", "15 mg = 5 mg + 10 mg")


def test_phases_of_different_substances_are_never_added_up() -> None:
    assert sums("1 mg", "2 mg", other_substance="Placebin") == {
        "": "none: the phases are of different substances"
    }
