"""An id that names no file: what it may be instead, and how often it is named."""

from __future__ import annotations

from pathlib import Path

from sound import problems


def _lines(data: Path, of: str) -> set[str]:
    """What is said of an id, without its place and its field."""
    said = [line for line in problems(data) if f"(got '{of}')" in line]
    return {line.partition(f"(got '{of}')")[2] for line in said}


def test_a_source_that_was_renamed_is_found_by_the_sentences_that_are_cited(data: Path) -> None:
    (data / "sources" / "leaflet.yml").rename(data / "sources" / "patient-information.yml")

    (what,) = _lines(data, "leaflet")

    assert " places name it; make the file, or mend each of them" in what
    assert what.endswith(
        "; nothing names 'patient-information': if it is the same, write it there, or give its"
        " file the old name"
    )


def test_a_source_without_the_sentences_that_are_cited_is_another(data: Path) -> None:
    renamed = data / "sources" / "patient-information.yml"
    (data / "sources" / "leaflet.yml").rename(renamed)
    renamed.write_text(renamed.read_text("utf-8").replace("dosage.", "doses."), "utf-8")

    (what,) = _lines(data, "leaflet")

    assert what.endswith(" places name it; make the file, or mend each of them")


def test_a_condition_that_was_renamed_is_the_one_that_nothing_names(data: Path) -> None:
    condition = data / "conditions" / "hiccups.yml"
    condition.rename(condition.with_name("another-name.yml"))
    places = [line for line in problems(data) if f"(got '{condition.stem}')" in line]

    (what,) = _lines(data, condition.stem)

    assert len(places) > 1
    assert what.startswith(f": {len(places)} places name it; make the file, or mend each of them")
    assert "; nothing names 'another-name'" in what
