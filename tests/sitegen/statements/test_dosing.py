"""What is said of doses: why there is none, how they can be read, what drops become."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from made_records import TWO_READINGS, regimen
from sound import replace, rich_folder, sound_folder, write

from sitegen.derive.relations import Relations
from sitegen.model.absence import Absence
from sitegen.read.load import load
from sitegen.statements.dosing import (
    amount_gap,
    combinations_line,
    drops_line,
    lengths_line,
    readings_line,
    uncoded_lines,
)
from sitegen.statements.volumes import sizes_line, volumes_line

ORDER = ("not extracted", "unclear", "not reported", "none observed", "not applicable")


@pytest.mark.parametrize(("each", "daily"), list(product(Absence, Absence)))
def test_our_own_gap_is_the_reason_before_any_other(each: Absence, daily: Absence) -> None:
    first = min((each.value, daily.value), key=ORDER.index)

    assert amount_gap(regimen(each=each.value, daily=daily.value)).value == first


@pytest.mark.parametrize("lengths", [("5 days", "10 days"), ("1 week", "2 weeks", "3 weeks")])
def test_lengths_are_counted_and_none_is_preferred(lengths: tuple[str, ...]) -> None:
    line = lengths_line(regimen(length="unclear", lengths=lengths))

    plain = line.replace("\N{NO-BREAK SPACE}", " ")
    assert plain.startswith("The source gives durations of ")
    assert all(length in plain for length in lengths)
    assert "none is preferred" in line


@pytest.mark.parametrize("times", [2, 3])
def test_each_combination_of_readings_is_counted(times: int, tmp_path: Path) -> None:
    def unclear(*values: str) -> dict[str, object]:
        return {"value": "unclear", "note": "Said twice.", "readings": values}

    of_each = regimen(
        each=unclear("2 mg", "4 mg"),
        times=unclear(*(f"{number} per day" for number in range(1, times + 1))),
        length="1 week",
    )

    line = combinations_line(load(sound_folder(tmp_path)).site, of_each)

    assert line.startswith(f"{2 * times} readings follow ")
    assert "none is preferred" in line


@pytest.mark.parametrize(
    ("fields", "has_dose"),
    [
        ({"each": "2 mg"}, True),
        ({"volume": "2 mL"}, True),
        ({"drops": "2 drops"}, True),
        *(({"each": word.value}, False) for word in Absence),
    ],
)
def test_readings_take_an_amount_as_that_of_a_dose_only_where_there_is_one(
    fields: dict[str, object], has_dose: bool
) -> None:
    line = readings_line(regimen(times="unclear", readings=TWO_READINGS, **fields))

    assert "in 2 ways" in line
    assert "comes to something else" not in line
    assert ("the amount as that of each dose" in line) is has_dose


def test_drops_become_a_mass_only_where_a_size_and_a_strength_are_known(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    known = load(data).site
    assert drops_line(known, [known.regimens["hiccups"]]) is None
    assert "which size it assumes" in str(drops_line(known, [known.regimens["drops"]]))

    (data / "parameters/drop.yml").unlink()
    known = load(data).site
    assert drops_line(known, list(known.regimens.values())) is None


def test_volumes_say_why_there_are_none(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    assert volumes_line(Relations(load(data).site)).startswith("The volume of each reported dose")

    replace(data, "products/drops.yml", "strength: 10 mg/mL", "strength: not extracted")
    assert "No presentation with a strength in a millilitre is in the records" in volumes_line(
        Relations(load(data).site)
    )

    without = sound_folder(tmp_path / "without")
    assert "No presentation with a strength in a millilitre is in the records" in volumes_line(
        Relations(load(without).site)
    )
    for name in ("hiccups", "yawning"):
        (without / f"regimens/{name}.yml").unlink()
    assert volumes_line(Relations(load(without).site)) == "No regimen is in the records."


def test_no_dose_becomes_a_volume_of_another_route(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    for name in ("hiccups", "yawning", "trial"):
        replace(data, f"regimens/{name}.yml", "route: oral", "route: intravenous")
    (data / "regimens/drops.yml").unlink()
    write(
        data,
        "products/drops.yml",
        (data / "products/drops.yml").read_text("utf-8") + "route: oral\n",
    )

    line = volumes_line(Relations(load(data).site))
    assert line == "No dose in the records becomes a volume of a presentation."


@pytest.mark.parametrize("size", ["0.05 mL", None])
def test_a_size_is_missing_only_where_no_record_has_one(tmp_path: Path, size: str | None) -> None:
    data = rich_folder(tmp_path)
    if size is None:
        (data / "parameters/drop.yml").unlink()

    assert (sizes_line(load(data).site) is None) is (size is not None)


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({"each": "2 mg", "length": "5 days"}, []),
        ({"length": "not reported"}, []),
        ({"length": "unclear"}, ["The duration is unclear."]),
        (
            {"length": "unclear", "lengths": ["5 days", "3 weeks"]},
            ["The duration is unclear: 5 days or 3 weeks. None of these is coded here."],
        ),
        (
            {"times": "unclear", "readings": TWO_READINGS},
            [
                "How often is unclear: 2–3 times a day or 2–3 times a week."
                " None of these readings is coded here."
            ],
        ),
        (
            {"each": {"value": "unclear", "readings": ["2 mg", "4 mg"]}},
            ["The dose is unclear: 2 mg or 4 mg. None of these is coded here."],
        ),
    ],
)
def test_uncoded_lines_tell_each_reading_and_code_none(
    fields: dict[str, object], lines: list[str]
) -> None:
    found = [line.replace("\u00a0", " ") for line in uncoded_lines(regimen(**fields))]

    assert found == lines
