"""What a substance is, and what a drawing of it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from sound import replace, sound_folder

from sitegen.derive.relations import Relations
from sitegen.model.absence import Absence
from sitegen.read.load import load
from sitegen.statements.substances import has_sequence, structure_line, substance_line


@pytest.mark.parametrize("sequence", ["Met-Glu-His", *(word.value for word in Absence)])
def test_a_drawing_is_of_a_sequence_only_where_one_is_reported(
    tmp_path: Path, sequence: str
) -> None:
    data = sound_folder(tmp_path)
    replace(data, "substances/examplin.yml", "sequence: not reported", f"sequence: {sequence}")

    line = structure_line(load(data).site.substances["examplin"])

    assert line.startswith("Structural formula of Examplin")
    assert ("drawn from the sequence" in line) is (sequence == "Met-Glu-His")


@pytest.mark.parametrize("word", Absence)
def test_without_a_summary_a_substance_is_named_and_no_word_of_absence_is_its_description(
    tmp_path: Path, word: Absence
) -> None:
    site = load(sound_folder(tmp_path)).site
    substance = site.substances["examplin"]
    summary = substance.summary.model_copy(update={"value": word})
    without = substance.model_copy(update={"summary": summary})

    said, unsaid = (substance_line(Relations(site), one) for one in (substance, without))

    assert said.startswith(f"Examplin: {substance.summary.value}, according to ")
    assert unsaid == "Examplin, as the sources name and describe it."


@pytest.mark.parametrize("sequence", ["Met-Glu-His", *(word.value for word in Absence)])
def test_a_sequence_is_shown_unless_there_can_be_none(tmp_path: Path, sequence: str) -> None:
    data = sound_folder(tmp_path)
    replace(data, "substances/examplin.yml", "sequence: not reported", f"sequence: {sequence}")

    found = has_sequence(load(data).site.substances["examplin"])

    assert found is (sequence != "not applicable")
