"""Doses in other terms: by an equivalence of their own source, and by no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_records import text
from pydantic import ValidationError
from sound import FILES, sound_folder, write

from sitegen.derive.sizes import courses_of
from sitegen.model import Claim, Site
from sitegen.read.load import load

CLAIM = """\
name: As strong as another
substance: examplin
kind: effect
lane: human
at: leaflet use.1.1
says: They are as strong.
equivalence:
"""
OTHER = FILES["substances/examplin.yml"].replace("name: Examplin", "name: Placebin")


def made(folder: Path, equivalence: str, claim: str = CLAIM) -> Site:
    """A site with a claim of the leaflet that states this equivalence."""
    data = sound_folder(folder)
    write(data, "substances/placebin.yml", OTHER)
    write(data, "claims/as-strong.yml", claim + equivalence)
    return load(data).site


def held(site: Site, id: str = "hiccups") -> dict[tuple[str, str], str | None]:
    [way] = courses_of(site, site.regimens[id])
    return {(one.name, one.of): text(one.total) for one in way.held}


def test_each_total_is_shown_in_the_terms_of_another_substance(tmp_path: Path) -> None:
    site = made(tmp_path, "  amount: 5 mg\n  equals: 4 mg\n  of: placebin\n")

    assert held(site) == {
        ("as Placebin", "per_dose"): "1.6-3.2 mg = 2–4 mg × 4 mg ÷ 5 mg",
        ("as Placebin", "daily"): "3.2-6.4 mg per day = 4–8 mg a day × 4 mg ÷ 5 mg",
        ("as Placebin", "total"): "16-64 mg = 20–80 mg × 4 mg ÷ 5 mg",
    }


def test_a_mass_is_shown_in_units_of_the_same_substance(tmp_path: Path) -> None:
    site = made(tmp_path, "  amount: 1 mg\n  equals: 100 units\n")

    assert held(site)["in units", "per_dose"] == "200-400 units = 2–4 mg × 100 units ÷ 1 mg"
    assert (
        held(site)["in units", "daily"] == "400-800 units per day = 4–8 mg a day × 100 units ÷ 1 mg"
    )


def test_what_is_of_something_else_has_no_equivalent(tmp_path: Path) -> None:
    assert held(made(tmp_path, "  amount: 1 tablet\n  equals: 4 mg\n")) == {}


def test_an_equivalence_of_another_source_is_not_applied(tmp_path: Path) -> None:
    elsewhere = CLAIM.replace("leaflet use.1.1", "other use.1.1")
    data = sound_folder(tmp_path)
    write(data, "sources/other.yml", (data / "sources/leaflet.yml").read_text("utf-8"))
    write(data, "claims/as-strong.yml", elsewhere + "  amount: 1 mg\n  equals: 100 units\n")

    assert held(load(data).site) == {}


@pytest.mark.parametrize(
    "equivalence",
    [
        {"amount": "5 mg", "equals": "4 mg"},
        {"amount": "5-6 mg", "equals": "4 mg", "of": "placebin"},
        {"amount": "5 mg/kg", "equals": "4 mg", "of": "placebin"},
        {"amount": "not reported", "equals": "4 mg", "of": "placebin"},
    ],
)
def test_an_equivalence_is_of_two_clear_amounts(equivalence: dict[str, str]) -> None:
    frame = {"id": "a", "name": "A", "substance": "examplin", "kind": "effect", "lane": "human"}

    with pytest.raises(ValidationError):
        Claim.model_validate(
            {**frame, "at": "leaflet use.1.1", "says": "A.", "equivalence": equivalence}
        )
