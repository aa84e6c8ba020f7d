"""Draws the structure of a substance from its sequence, with RDKit (a development tool).

`python scripts/tools/draw_structure.py data ID` writes data/structures/ID.svg. The drawing is
committed; the tests draw it again and compare, so that no build needs RDKit.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from rdkit import Chem
from rdkit.Chem import rdDepictor
from rdkit.Chem.Draw import rdMolDraw2D

import sitegen
from sitegen.model import Substance
from sitegen.model.absence import Absence

WIDTH, HEIGHT = 900, 420
_LETTERS = {
    "Ala": "A", "Arg": "R", "Asn": "N", "Asp": "D", "Cys": "C", "Gln": "Q", "Glu": "E",
    "Gly": "G", "His": "H", "Ile": "I", "Leu": "L", "Lys": "K", "Met": "M", "Phe": "F",
    "Pro": "P", "Ser": "S", "Thr": "T", "Trp": "W", "Tyr": "Y", "Val": "V",
}  # fmt: skip


def molecule(substance: Substance) -> Chem.Mol:
    """Return the molecule of a substance's sequence, all amino acids in the L form.

    Raise ValueError where the record has no sequence such as `Ala-Gly-Pro`.
    """
    sequence = substance.sequence.value
    if isinstance(sequence, Absence):
        raise ValueError(f"the sequence of {substance.id} is {sequence}")
    names = re.match(r"(?:[A-Z][a-z]{2}-)+[A-Z][a-z]{2}", sequence)
    if not names or set(names[0].split("-")) - set(_LETTERS):
        raise ValueError(f"'{sequence}' is no sequence such as 'Ala-Gly-Pro'")
    return Chem.MolFromSequence("".join(_LETTERS[name] for name in names[0].split("-")))


def drawing(substance: Substance) -> str:
    """Return the structure as SVG, black without a background; a sequence gives the same bytes."""
    mol = molecule(substance)
    rdDepictor.Compute2DCoords(mol)
    board = rdMolDraw2D.MolDraw2DSVG(WIDTH, HEIGHT)
    board.drawOptions().useBWAtomPalette()
    options: Any = board.drawOptions()  # its stub types the fields as bool constants
    options.clearBackground = False
    rdMolDraw2D.PrepareAndDrawMolecule(board, mol)
    board.FinishDrawing()
    return _plain(board.GetDrawingText())


def _plain(svg: str) -> str:
    """Return the SVG without comments, declarations and attributes of RDKit."""
    svg = re.sub(r"<\?xml.*?\?>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r"\s(?:xmlns:\w+|xml:space|class|baseProfile)='[^']*'", "", svg)
    return re.sub(r"\n\s*\n", "\n", svg).strip() + "\n"


def main(data: Path, id: str) -> None:
    """Write the drawing of one substance into the data folder."""
    substance = sitegen.read_records(data).substances[id]
    target = data / "structures" / f"{id}.svg"
    target.parent.mkdir(exist_ok=True)
    target.write_text(drawing(substance), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
