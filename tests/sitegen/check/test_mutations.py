"""A changed figure is noticed where the sentence has no such figure, and each change is tried."""

from __future__ import annotations

from pathlib import Path

import pytest
from sound import read, replace, rich_folder

from sitegen.check.mutations import Mutation, mutations
from sitegen.read.load import load

FILE = "data/regimens/hiccups.yml"


def tried(data: Path, folder: str, id: str) -> list[Mutation]:
    """Every change in the figures of one record."""
    loaded = load(data)
    with loaded.site.vocabulary.in_use():
        return list(mutations(loaded, loaded.site.records[folder][id]))


def test_each_digit_is_replaced_by_each_other_one(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    found = [one for one in tried(data, "regimens", "hiccups") if one.before == "each: 2-4 mg"]

    assert {one.path for one in found} == {FILE}
    assert {read(data, "regimens/hiccups.yml").splitlines()[one.line - 1] for one in found} == {
        "each: 2-4 mg"
    }
    assert sorted(one.after for one in found) == sorted(
        [f"each: {digit}-4 mg" for digit in "013456789"]
        + [f"each: 2-{digit} mg" for digit in "012356789"]
    )
    assert all(one.noticed for one in found)


def test_a_decimal_point_is_left_out(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    replace(data, "sources/leaflet.yml", "with 2-4 mg", "with 2.5-4 mg")
    replace(data, "sources/leaflet.yml", '"2–4 mg"', '"2.5-4 mg"')
    replace(data, "regimens/hiccups.yml", "each: 2-4 mg", "each: 2.5-4 mg")

    found = {one.after: one.noticed for one in tried(data, "regimens", "hiccups")}

    assert found["each: 25-4 mg"]
    assert found["each: 2.6-4 mg"]


def test_another_figure_of_the_sentence_is_not_noticed(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    replace(data, "sources/leaflet.yml", '"2–4 mg"', '"2–4 mg", "3–4 mg"')

    found = {one.after: one.noticed for one in tried(data, "regimens", "hiccups")}

    assert not found["each: 3-4 mg"]
    assert found["each: 1-4 mg"]


@pytest.mark.parametrize(("folder", "id"), [("sources", "leaflet"), ("changes", "first")])
def test_nothing_is_tried_of_registers_and_changes(tmp_path: Path, folder: str, id: str) -> None:
    data = rich_folder(tmp_path)

    assert load(data).site.records[folder][id]
    assert tried(data, folder, id) == []
