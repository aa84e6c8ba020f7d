"""What a drawing of a substance shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from sound import replace, sound_folder

from sitegen.model.absence import Absence
from sitegen.read.load import load
from sitegen.statements.substances import structure_line


@pytest.mark.parametrize("sequence", ["Met-Glu-His", *(word.value for word in Absence)])
def test_a_drawing_is_of_a_sequence_only_where_one_is_reported(
    tmp_path: Path, sequence: str
) -> None:
    data = sound_folder(tmp_path)
    replace(data, "substances/examplin.yml", "sequence: not reported", f"sequence: {sequence}")

    line = structure_line(load(data).site.substances["examplin"])

    assert line.startswith("Structural formula of Examplin")
    assert ("drawn from the sequence" in line) is (sequence == "Met-Glu-His")
