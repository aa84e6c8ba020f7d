"""Volumes: the strength that they are computed with is named, stated, or an “if”."""

from __future__ import annotations

from pathlib import Path

import made_records
import pytest
from sound import replace, rich_folder

from sitegen.derive.total import Computed
from sitegen.derive.volumes import Flag, volumes
from sitegen.model import Parameter
from sitegen.model.quantity import quantity
from sitegen.read.load import load
from sitegen.statements.volumes import (
    StrengthBasis,
    bottles_needed,
    doses_by_strength,
    flag_line,
    more_than_a_container,
    size_line,
    strength_basis,
    strength_lines,
)


@pytest.mark.parametrize(
    ("strength", "basis"),
    [
        ("not reported", StrengthBasis("if ", "")),
        ("not extracted", StrengthBasis("if ", "")),
        ("10 mg/mL", StrengthBasis("", ", stated")),
        ("1 %", StrengthBasis("", ", stated")),
        ("5 mg/mL", StrengthBasis("if ", ", not the strength stated", has_amount=False)),
    ],
)
def test_a_strength_that_the_source_does_not_state_is_an_if(
    tmp_path: Path, strength: str, basis: StrengthBasis
) -> None:
    data = rich_folder(tmp_path)
    replace(data, "regimens/hiccups.yml", "strength: not reported", f"strength: {strength}")
    site = load(data).site

    assert strength_basis(site.regimens["hiccups"], site.products["drops"]) == basis


def test_the_presentation_that_a_source_names_is_no_if(tmp_path: Path) -> None:
    site = load(rich_folder(tmp_path)).site
    named = site.regimens["drops"]

    assert strength_basis(named, site.products["drops"]).after == ", the presentation named"
    assert [*strength_lines(site, named)] == ["The source names the presentation"]


@pytest.mark.parametrize(
    ("strength", "lines"),
    [
        (
            "not reported",
            [
                "The strength of this regimen is not reported",
                "Each strength that sources describe, and that it may have, is shown as an “if”",
            ],
        ),
        ("10 mg/mL", ["The source states 10 mg/mL; the presentation of that strength is assumed"]),
        ("1 %", ["The source states 1 %; the presentation of that strength is assumed"]),
        (
            "0.5 %",
            [
                "The source states 0.5 %; no presentation here has that strength, so each volume "
                "is an “if”"
            ],
        ),
    ],
)
def test_volumes_say_what_they_assume_where_no_strength_is_stated(
    tmp_path: Path, strength: str, lines: list[str]
) -> None:
    data = rich_folder(tmp_path)
    replace(data, "regimens/hiccups.yml", "strength: not reported", f"strength: {strength}")

    site = load(data).site
    said = [*strength_lines(site, site.regimens["hiccups"])]

    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in said] == lines


@pytest.mark.parametrize(
    ("volume", "basis", "shown", "line"),
    [
        (
            "0.3 mL",
            StrengthBasis("", ", implied"),
            ["drops"],
            "Its dose and volume imply 10 mg/mL; a presentation of that strength is assumed",
        ),
        (
            "0.6 mL",
            StrengthBasis("if ", ", not the strength implied", has_amount=False),
            ["drops"],
            "Its dose and volume imply 5 mg/mL; no presentation here has that strength, so each "
            "volume is an “if”",
        ),
        (
            "not reported",
            StrengthBasis("if ", ""),
            ["drops"],
            "Each strength that sources describe, and that it may have, is shown as an “if”",
        ),
    ],
)
def test_a_dose_in_a_volume_implies_a_strength(
    tmp_path: Path, volume: str, basis: StrengthBasis, shown: list[str], line: str
) -> None:
    """3 mg in 0.3 mL is 10 mg/mL."""
    data = rich_folder(tmp_path)
    replace(data, "regimens/hiccups.yml", "each: 2-4 mg", "each: 3 mg")
    replace(data, "regimens/hiccups.yml", "volume: not reported", f"volume: {volume}")
    site = load(data).site
    hiccups = site.regimens["hiccups"]

    assert strength_basis(hiccups, site.products["drops"]) == basis
    assert [*dict.fromkeys(one.product.id for one in volumes(site, hiccups))] == shown
    lines = [line.replace("\N{NO-BREAK SPACE}", " ") for line in strength_lines(site, hiccups)]
    assert lines[0] == "The strength of this regimen is not reported"
    assert lines[1] == line


@pytest.mark.parametrize(
    ("alternatives", "expected"),
    [
        ([], "Volume of a drop: 0.05 mL"),
        (
            [{"value": "1/12 mL", "at": "leaflet dosage.1.1", "note": "Another release."}],
            "Volume of a drop: assumed 0.05 mL; also given: 1/12 mL (Another release)",
        ),
        (
            [{"value": "0.04 mL", "at": "leaflet dosage.1.1"}],
            "Volume of a drop: assumed 0.05 mL; also given: 0.04 mL",
        ),
    ],
)
def test_a_size_is_assumed_where_sources_give_others(
    alternatives: list[dict[str, str]], expected: str
) -> None:
    fields = {"id": "drop", "name": "Drop", "role": "volume of a drop", "value": "0.05 mL"}
    parameter = Parameter.model_validate({**fields, "alternatives": alternatives})

    assert size_line(parameter).replace("\N{NO-BREAK SPACE}", " ") == expected


@pytest.mark.parametrize(
    ("is_halved", "drop", "assumed"),
    [
        (False, None, ""),
        (True, None, ", if both get the same,"),
        (False, "0.05 mL", ", if a drop is 0.05 mL,"),
        (True, "0.05 mL", ", if both get the same and a drop is 0.05 mL,"),
    ],
)
def test_a_flag_names_what_its_count_assumes_and_who_states_the_limit(
    is_halved: bool, drop: str | None, assumed: str
) -> None:
    threshold = made_records.regimen()
    size = quantity(drop) if drop else None
    flag = Flag(threshold, quantity("3 drops"), "A leaflet", size, is_halved)

    assert flag_line(flag).replace("\u00a0", " ") == (
        f"more in one nostril at a time{assumed} than the 3 drops that “A leaflet” gives"
    )
    in_container = Flag(threshold, quantity("3 mL"))
    assert flag_line(in_container) == more_than_a_container(quantity("3 mL"))


def test_a_dose_is_there_once_at_each_strength(tmp_path: Path) -> None:
    """Readings of a frequency leave the dose as it is; readings of a drop change it."""
    site = load(rich_folder(tmp_path)).site
    found = {
        name: (volumes(site, regimen), doses_by_strength(volumes(site, regimen)))
        for name, regimen in site.regimens.items()
    }

    assert any(len(every) > len(brief) for every, brief in found.values())
    for every, brief in found.values():
        known = {(one.product.id, one.phase, one.dose) for one in every}
        computed = {entry for entry in known if isinstance(entry[2], Computed)}
        assert {(one.product.id, one.phase, one.dose) for one in brief} == computed
        alone = [one for one in brief if [each.product for each in brief].count(one.product) == 1]
        assert not any(one.condition for one in alone)


@pytest.mark.parametrize(
    ("whole", "line"),
    [("1", "1 bottle needed"), ("5", "5 bottles needed"), ("4–5", "4–5 bottles needed")],
)
def test_whole_bottles_are_needed(whole: str, line: str) -> None:
    assert bottles_needed(whole) == line
