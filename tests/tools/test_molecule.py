"""Molecules recomputed from their sequences: formula, mass, keys, notations and drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from folders import REAL
from rdkit import Chem, RDLogger
from rdkit.Chem import Descriptors, rdMolDescriptors

import sitegen
from sitegen.model import Substance
from sitegen.model.absence import Absence
from tools import draw_structure

SITE = sitegen.read_records(REAL)
SEQUENCES = {
    id: substance
    for id, substance in SITE.substances.items()
    if re.match(r"[A-Z][a-z]{2}-", str(substance.sequence.value))
}
DRUG = SITE.substances[SITE.identity.substance]
RDLogger.DisableLog("rdApp.*")  # the test says which notation is none


def faults(substance: Substance) -> Iterator[str]:
    """What in a record is not what its sequence comes to."""
    molecule = draw_structure.molecule(substance)
    formula = rdMolDescriptors.CalcMolFormula(molecule)
    if substance.formula.value not in (formula, *Absence):
        yield f"formula {substance.formula.value}, computed {formula}"
    mass = Fraction(str(round(Descriptors.MolWt(molecule), 3)))
    if not isinstance(substance.mass.value, Absence):
        low = substance.mass.value.range.low or Fraction(0)
        if abs(low - mass) > Fraction("0.01"):
            yield f"mass {substance.mass.value}, computed {float(mass):.3f} g/mol"
    key = Chem.MolToInchiKey(molecule)
    for number in substance.numbers:
        stands = number.standing == "accepted"
        if number.scheme == "InChIKey" and stands != (number.value == key):
            yield f"InChIKey {number.value} is {number.standing}, computed {key}"
        if number.scheme == "SMILES" and stands != (_key_of(number.value) == key):
            yield f"SMILES is {number.standing}, and comes to {_key_of(number.value)}"


def _key_of(smiles: str) -> str:
    molecule = Chem.MolFromSmiles(smiles)
    return Chem.MolToInchiKey(molecule) if molecule else "no molecule"


def test_the_drug_has_a_sequence_and_everything_that_follows_from_it() -> None:
    assert DRUG.id in SEQUENCES
    assert not DRUG.formula.absence
    assert not DRUG.mass.absence
    accepted = {number.scheme for number in DRUG.numbers if number.standing == "accepted"}
    assert {"InChIKey", "SMILES"} <= accepted
    assert DRUG.id in SITE.drawings


@pytest.mark.parametrize("id", SEQUENCES)
def test_a_record_agrees_with_its_sequence(id: str) -> None:
    assert list(faults(SEQUENCES[id])) == []


@pytest.mark.parametrize("id", SEQUENCES)
def test_drawing_again_gives_the_committed_bytes(id: str) -> None:
    assert draw_structure.drawing(SEQUENCES[id]).encode() == SITE.drawings[id]


def test_every_drawing_is_of_a_sequence() -> None:
    assert set(SITE.drawings) <= set(SEQUENCES)


@pytest.mark.parametrize(
    "id",
    [
        id
        for id, substance in SITE.substances.items()
        if not substance.formula.absence and not substance.mass.absence
    ],
)
def test_a_mass_is_that_of_the_formula_as_far_as_it_is_given(id: str) -> None:
    substance = SITE.substances[id]
    table = Chem.GetPeriodicTable()
    parts = re.findall(r"([A-Z][a-z]?)(\d*)", str(substance.formula.value))
    mass = sum(table.GetAtomicWeight(element) * int(number or 1) for element, number in parts)

    stated = str(substance.mass.value).split(" ")[0]
    # Half of the last digit given; but tables of atomic weights differ by some thousandths.
    tolerance = max(0.01, 0.5 * 10 ** -len(stated.partition(".")[2]))

    assert abs(mass - float(stated)) <= tolerance, mass


# ---- a planted error is found ------------------------------------------------------------------


def changed(field: str, old: str, new: str) -> Substance:
    """The drug's record with one thing changed, as if its file had been."""
    value = str(getattr(DRUG, field).value)
    assert value.count(old) == 1, value
    replaced = Substance.model_fields[field].annotation
    assert replaced
    reported = replaced.model_validate({"value": value.replace(old, new)})
    return DRUG.model_copy(update={field: reported})


def with_number(scheme: str, old: str, new: str, standing: str = "accepted") -> Substance:
    """The drug's record with one change in its accepted number of a scheme."""
    numbers = tuple(
        number.model_copy(update={"value": number.value.replace(old, new, 1), "standing": standing})
        if (number.scheme, number.standing) == (scheme, "accepted")
        else number
        for number in DRUG.numbers
    )
    assert numbers != DRUG.numbers
    return DRUG.model_copy(update={"numbers": numbers})


@pytest.mark.parametrize(
    ("substance", "found"),
    [
        pytest.param(changed("formula", "C37", "C38"), ["formula"], id="a carbon more"),
        pytest.param(changed("formula", "H51", "H50"), ["formula"], id="a hydrogen less"),
        pytest.param(changed("formula", "O10S", "O10"), ["formula"], id="no sulphur"),
        pytest.param(changed("mass", "813.93", "813.95"), ["mass"], id="a mass two hundredths off"),
        pytest.param(changed("mass", "813.93", "831.93"), ["mass"], id="two digits turned round"),
        pytest.param(changed("mass", "813.93", "795.92"), ["mass"], id="a water less"),
        pytest.param(with_number("InChIKey", "A", "B"), ["InChIKey"], id="a letter of the key"),
        pytest.param(
            with_number("InChIKey", "", "", "differs"), ["InChIKey"], id="the right key as another"
        ),
        pytest.param(with_number("SMILES", "[C@@H]", "[C@H]"), ["SMILES"], id="a D amino acid"),
        pytest.param(with_number("SMILES", "[C@@H]", "C"), ["SMILES"], id="a centre left open"),
        pytest.param(with_number("SMILES", "CCSC", "CCOC"), ["SMILES"], id="oxygen for sulphur"),
        pytest.param(with_number("SMILES", "(", ""), ["SMILES"], id="no notation"),
        pytest.param(
            changed("sequence", "Glu", "Gln"),
            ["formula", "mass", "InChIKey", "SMILES"],
            id="another amino acid",
        ),
        pytest.param(
            changed("sequence", "Met-Glu", "Glu-Met"),
            ["InChIKey", "SMILES"],
            id="two amino acids turned round",
        ),
    ],
)
def test_a_changed_letter_is_found(substance: Substance, found: list[str]) -> None:
    assert [fault.split()[0] for fault in faults(substance)] == found


def test_the_drawing_of_another_sequence_is_another() -> None:
    assert draw_structure.drawing(changed("sequence", "Glu", "Gln")) != draw_structure.drawing(DRUG)


@pytest.mark.parametrize(
    ("sequence", "message"),
    [
        ("not reported", f"the sequence of {DRUG.id} is not reported"),
        ("MEHFPGP", "'MEHFPGP' is no sequence such as 'Ala-Gly-Pro'"),
        ("Met-Xyz", "'Met-Xyz' is no sequence such as 'Ala-Gly-Pro'"),
        ("Met", "'Met' is no sequence such as 'Ala-Gly-Pro'"),
    ],
)
def test_what_is_no_sequence_is_not_drawn(sequence: str, message: str) -> None:
    whole = str(DRUG.sequence.value)

    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        draw_structure.drawing(changed("sequence", whole, sequence))


def test_the_command_writes_the_drawing_into_the_data_folder(tmp_path: Path) -> None:
    for path in ("site.yml", f"substances/{DRUG.id}.yml"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes((REAL / path).read_bytes())

    draw_structure.main(tmp_path, DRUG.id)

    assert (tmp_path / f"structures/{DRUG.id}.svg").read_bytes() == SITE.drawings[DRUG.id]
