"""An id that names no file: what it may be instead, and how often it is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sound import problems, replace


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


HICCUPS = "regimens/hiccups.yml"


@pytest.mark.parametrize(
    "got",
    ["Hiccups", "hiccups.yml", "conditions/hiccups", "data/conditions/hiccups.yml", "HICCUPS"],
)
def test_an_id_in_another_form_is_that_of_the_file_that_is_there(data: Path, got: str) -> None:
    replace(data, HICCUPS, "conditions: [hiccups]", f"conditions: [{got}]")
    (said,) = problems(data)
    assert said.endswith(f": write 'hiccups' (got '{got}')")


@pytest.mark.parametrize("got", ["regimens/hiccups", "Snoring", "hic cups"])
def test_an_id_in_another_form_of_no_file_of_its_kind_is_left_open(data: Path, got: str) -> None:
    replace(data, HICCUPS, "conditions: [hiccups]", f"conditions: [{got}]")
    (said,) = problems(data)
    assert said.endswith(f"the name of a file in data/conditions/ (got '{got}')")


def test_a_record_is_found_by_its_name_where_one_has_it(data: Path) -> None:
    replace(data, "people/nod.yml", "name: ", "name: Old ")
    name = "Old Nod"
    (data / "people" / "nod.yml").write_text(
        (data / "people" / "nod.yml").read_text("utf-8").replace("Old Dr. Nod", name), "utf-8"
    )
    replace(data, "studies/hiccups.yml", "\ndesign:", f"\npeople: [{name}]\ndesign:")
    assert any(line.endswith(f": write 'nod' (got '{name}')") for line in problems(data))


def test_an_id_of_another_kind_is_not_to_be_made_here(data: Path) -> None:
    replace(data, "studies/hiccups.yml", "\ndesign:", "\norganisations: [nod]\ndesign:")
    (said,) = problems(data)
    assert said.endswith(
        "organisations must be a file in data/organisations/ (got 'nod'): 'nod' is a file in"
        " data/people/: write it under 'people:', or name a file in data/organisations/"
        " (institute-of-yawns)"
    )


def test_the_id_of_the_record_itself_is_that_of_its_study_too(data: Path) -> None:
    """A source, its study and its regimen may have one id: then the file is to be made."""
    replace(data, "site.yml", "source: leaflet", "source: hiccups")
    assert any("data/site.yml:" in line for line in problems(data))
    replace(data, "site.yml", "source: hiccups", "source: leaflet")
    (data / "conditions" / "hiccups.yml").rename(data / "conditions" / "sighs.yml")
    for path in data.glob("*/*.yml"):
        if path.parent.name != "regimens":
            text = path.read_text("utf-8")
            path.write_text(text.replace("conditions: [hiccups]", "conditions: [sighs]"), "utf-8")
    said = [line for line in problems(data) if "data/conditions/ (got 'hiccups')" in line]
    assert [line.partition("): ")[2] for line in said] == ["make the file, or mend the id"]
