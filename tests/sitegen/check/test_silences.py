"""A record says `not reported` only by sources that were read for it; a dose alike in its study."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from sound import read, replace, sound_folder, write

import sitegen
from sitegen.model import Source
from sitegen.model.problems import DataError

READS = get_args(Source.model_fields["read"].annotation)
LEAFLET, HICCUPS = "sources/leaflet.yml", "regimens/hiccups.yml"


def problems(data: Path) -> list[str]:
    try:
        sitegen.read_site(data)
    except DataError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.mark.parametrize(
    "topics", [(), ("contraindications",), ("dosage",), ("study results",)], ids=str
)
@pytest.mark.parametrize("read_as", READS)
def test_a_source_is_silent_only_where_it_was_read(
    tmp_path: Path, read_as: str, topics: tuple[str, ...]
) -> None:
    if read_as == "full text" and topics:
        return  # another rule refuses it
    data = sound_folder(tmp_path)
    line = f"read: {read_as}" + (f"\nread_for: [{', '.join(topics)}]" if topics else "")
    write(data, LEAFLET, re.sub("(?m)^read: .*$", line, read(data, LEAFLET)))

    refused = [found for found in problems(data) if "is 'not reported', and leaflet was" in found]
    of_regimen = [found for found in refused if HICCUPS in found]
    of_study = [found for found in refused if "studies/hiccups.yml" in found]

    is_own = read_as in ("full text", "abstract")
    assert bool(of_regimen) == (not is_own and "dosage" not in topics)
    assert bool(of_study) == (not is_own and "study results" not in topics)
    assert all("'not extracted'" in found and "[dosage]" in found for found in of_regimen)
    assert all("'not extracted'" in found and "[study methods]" in found for found in of_study)


@pytest.mark.parametrize(
    ("link", "route", "is_refused"),
    [
        ("stated", "not extracted", True),
        ("inferred", "not extracted", False),
        ("stated", "not reported", False),
        ("stated", "oral", False),
    ],
)
def test_a_regimen_and_a_study_of_one_dose_have_one_word_of_absence(
    tmp_path: Path, link: str, route: str, is_refused: bool
) -> None:
    data = sound_folder(tmp_path)
    replace(data, HICCUPS, "link: inferred", f"link: {link}")
    write(data, HICCUPS, re.sub("(?m)^route: .*$", f"route: {route}", read(data, HICCUPS)))
    study = read(data, "studies/hiccups.yml")
    write(data, "studies/hiccups.yml", re.sub("(?m)^route: .*$", "route: not reported", study))

    found = [problem for problem in problems(data) if "which the source ties to it" in problem]

    assert bool(found) == is_refused


@pytest.mark.parametrize("read_as", READS)
@pytest.mark.parametrize("topics", [(), ("contraindications",), ("dosage",)])
@pytest.mark.parametrize(
    ("note", "is_of_silence"),
    [
        ("For how long is not said.", True),
        ("The sizes are not given.", True),
        ("It does not say for whom.", True),
        ("For whom was not noted.", False),
        ("For whom is not said in what was noted.", False),
        ("How many voted is not given here.", False),
    ],
)
def test_a_remark_speaks_of_silence_only_where_a_source_was_read(
    tmp_path: Path, note: str, is_of_silence: bool, topics: tuple[str, ...], read_as: str
) -> None:
    if read_as == "full text" and topics:
        return  # another rule refuses it
    data = sound_folder(tmp_path)
    line = f"read: {read_as}" + (f"\nread_for: [{', '.join(topics)}]" if topics else "")
    write(data, LEAFLET, re.sub("(?m)^read: .*$", line, read(data, LEAFLET)))
    write(data, HICCUPS, read(data, HICCUPS) + f"note: {note}\n")

    refused = [
        found
        for found in problems(data)
        if "regimens/hiccups.yml" in found and "note says" in found
    ]

    is_read = read_as != "single facts" or "dosage" in topics
    assert bool(refused) is (is_of_silence and not is_read)
