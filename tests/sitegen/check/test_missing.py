"""An id that names no file: what it may be instead, and how often it is named."""

from __future__ import annotations

import re
from pathlib import Path

from sound import problems


def _line(data: Path, of: str) -> str:
    """What is said of an id that has no file: one problem, whose path and line are left out."""
    (said,) = [line for line in problems(data) if f"name '{of}'" in line]
    return said.partition(": ")[2]


def test_a_source_that_was_renamed_is_found_by_the_sentences_that_are_cited(data: Path) -> None:
    (data / "sources" / "leaflet.yml").rename(data / "sources" / "patient-information.yml")

    assert problems(data) == [line for line in problems(data) if "name 'leaflet', this" in line]
    assert _line(data, "leaflet").endswith(
        "data/sources/ has no such file: if it is now 'patient-information', which nothing names,"
        " give that file the old name, or write the new id in each"
    )


def test_a_source_without_the_sentences_that_are_cited_is_another(data: Path) -> None:
    renamed = data / "sources" / "patient-information.yml"
    (data / "sources" / "leaflet.yml").rename(renamed)
    renamed.write_text(renamed.read_text("utf-8").replace("dosage.", "doses."), "utf-8")

    assert _line(data, "leaflet").endswith(
        "data/sources/ has no such file: make the file, or mend each of them"
    )


def test_a_condition_that_was_renamed_is_the_one_that_nothing_names(data: Path) -> None:
    condition = data / "conditions" / "hiccups.yml"
    condition.rename(condition.with_name("another-name.yml"))

    said = _line(data, condition.stem)

    assert re.match(r"[0-9]+ places in [0-9]+ files name 'hiccups', this the first, and", said)
    assert said.endswith(
        "data/conditions/ has no such file: if it is now 'another-name', which nothing names, give"
        " that file the old name, or write the new id in each"
    )
