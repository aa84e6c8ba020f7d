"""What a source gives of another substance: it is shown by its name, and added to nothing."""

from __future__ import annotations

from made_records import regimen

from sitegen.derive.phases import gives_the_drug, phase_name
from sitegen.model import Regimen
from sitegen.statements.dosing import dosed
from sitegen.statements.regimens import regimen_line

NOTHING = {"each": "not reported", "times": "not reported", "daily": "not reported"}
OTHER = {
    **NOTHING,
    "length": "14 days",
    "other_substance": "inventol",
    "starts": "with the phase before",
    "each": "500 mg",
    "times": "2 per day",
}


def of_two(**fields: object) -> Regimen:
    return regimen(
        **{"each": "1 g", "times": "2 per day", "length": "14 days", **fields}, then=[OTHER]
    )


def test_another_substance_is_in_the_name_of_its_phase() -> None:
    given = of_two()

    assert phase_name(given, 0) == "phase 1 of 2"
    assert phase_name(given, 1) == "phase 2 of 2: inventol, together with the one before"
    assert phase_name(regimen(other_substance="inventol"), 0) == "inventol"


def test_the_line_names_it_before_its_amount() -> None:
    line = regimen_line(of_two()).replace("\u00a0", " ")

    assert "1 g twice a day for 14 days, oral" in line
    assert "together with inventol: 500 mg twice a day for 14 days" in line


def test_a_regimen_of_another_substance_alone_names_it_first() -> None:
    line = regimen_line(regimen(each="10 mg", times="1 per day", other_substance="inventol"))

    assert line.startswith("Inventol: 10")


def test_what_is_given_of_another_substance_is_no_dose_of_the_drug() -> None:
    other_alone = regimen(each="10 mg", times="1 per day", other_substance="inventol")

    assert not gives_the_drug(other_alone)
    assert dosed([other_alone]) == "no dose reported"
    assert gives_the_drug(of_two())
    assert dosed([of_two()]) == "a dose reported"
    assert dosed([of_two(each="not reported")]) == "only how often and how long"
