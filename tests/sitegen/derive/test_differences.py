"""What changed between two sites is found value by value, in a reader's words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from folders import OTHER, REAL
from sound import read, replace, rich_folder, write

from sitegen import read_records
from sitegen.derive.described import RECORD_WORDS, described, title_of
from sitegen.derive.differences import Difference, differences
from sitegen.model import KINDS


def changed(tmp_path: Path, name: str, old: str, new: str) -> list[Difference]:
    """What differs after one edit of the sound folder."""
    before = rich_folder(tmp_path / "before")
    after = rich_folder(tmp_path / "after")
    replace(after, name, old, new)
    return list(differences(read_records(before), read_records(after)))


@pytest.mark.parametrize("folder", [REAL, OTHER], ids=["real", "other"])
def test_a_site_does_not_differ_from_itself(folder: Path) -> None:
    assert differences(read_records(folder), read_records(folder)) == ()


@pytest.mark.parametrize("folder", [REAL, OTHER], ids=["real", "other"])
def test_each_value_of_a_record_has_a_title_of_its_own_in_words(folder: Path) -> None:
    site = read_records(folder)
    with site.vocabulary.in_use():
        for record in site.all():
            titles = [value.titles for value in described(site, record)]
            assert len(set(titles)) == len(titles), record.path
            assert not [title for parts in titles for title in parts if "_" in title.split(" ‘")[0]]


def test_every_kind_of_record_has_a_name_for_readers() -> None:
    assert list(RECORD_WORDS) == [kind.folder for kind in KINDS]


@pytest.mark.parametrize(
    ("name", "old", "new", "kind", "field", "was", "is_now"),
    [
        ("regimens/hiccups.yml", "each: 2-4 mg", "each: 3 mg", "dose", "dose", "2–4 mg", "3 mg"),
        (
            *("regimens/hiccups.yml", "times: 2 per day", "times: 1 per day", "dose", "frequency"),
            *("twice a day", "once a day"),
        ),
        (
            *("regimens/hiccups.yml", "why: Same condition.", "why: Same place.", "evidence"),
            *("study that may support it ‘Patients with hiccups’, why", "Same condition."),
            "Same place.",
        ),
        ("regimens/hiccups.yml", "name: H", "name: Many h", "wording", "name", "Hiccups", None),
        ("cautions/sleep.yml", "name: S", "name: Long s", "safety", "name", "Sleep", "Long sleep"),
        (
            *("cautions/sleep.yml", "kind: contraindication", "kind: warning", "safety", "kind"),
            *("contraindication", "warning"),
        ),
        (
            *("claims/duration.yml", "value: ≤ 12 hours", "value: ≤ 1 day", "evidence", "size"),
            *("up to 12 hours", "up to 1 day"),
        ),
        (
            *("studies/trial.yml", "participants: 30 people", "participants: 31 people"),
            *("evidence", "participants", "30 people", "31 people"),
        ),
        (
            *("claims/duration.yml", "at: leaflet use.1.4", "at: leaflet use.1.3", "source"),
            *("sentence cited", "Examplin: the leaflet, use.1.4", "Examplin: the leaflet, use.1.3"),
        ),
        (
            "terms/syrup.yml",
            "A thick",
            "A thin",
            "wording",
            "means",
            "A thick, sweet solution.",
            None,
        ),
        ("site.yml", "lead: E", "lead: Nearly e", "wording", "lead", None, None),
    ],
)
def test_a_changed_value_has_its_kind_its_field_and_both_values(
    tmp_path: Path,
    name: str,
    old: str,
    new: str,
    kind: str,
    field: str,
    was: str | None,
    is_now: str | None,
) -> None:
    (one,) = changed(tmp_path, name, old, new)

    assert (one.kind, one.event, one.field) == (kind, "changed", field)
    assert was is None or (one.before or "").replace("\u00a0", " ") == was
    assert is_now is None or (one.after or "").replace("\u00a0", " ") == is_now


def test_a_note_with_another_figure_is_no_mere_wording(tmp_path: Path) -> None:
    before, after = (rich_folder(tmp_path / name) for name in ("before", "after"))
    for data, note in ((before, "Read as 2 mg."), (after, "Read as 3 mg.")):
        write(data, "regimens/hiccups.yml", read(data, "regimens/hiccups.yml") + f"note: {note}\n")

    (one,) = differences(read_records(before), read_records(after))
    assert one.kind == "dose"


def test_a_part_that_is_new_is_one_change_with_all_that_it_says(tmp_path: Path) -> None:
    phase = (
        "then:\n  - each: 1 mg\n    times: 1 per day\n    daily: not reported\n    length: 5 days\n"
    )
    (one,) = changed(tmp_path, "regimens/hiccups.yml", "studies:\n", f"{phase}studies:\n")

    assert (one.field, one.before) == ("phase 2", None)
    assert (one.after or "").startswith("dose: 1\u00a0mg; frequency: once a day; ")


def test_records_come_go_and_are_renamed(tmp_path: Path) -> None:
    before, after = (rich_folder(tmp_path / name) for name in ("before", "after"))
    (after / "terms/syrup.yml").unlink()
    shutil.copy(after / "people/nod.yml", after / "people/nodder.yml")
    moved = read(after, "cautions/sleep.yml") + "formerly: [sleep]\n"
    write(after, "cautions/rest.yml", moved)
    (after / "cautions/sleep.yml").unlink()

    found = differences(read_records(before), read_records(after))
    assert {(one.event, one.kind, one.folder, one.id) for one in found} == {
        ("renamed", "wording", "cautions", "rest"),
        ("added", "wording", "people", "nodder"),
        ("removed", "wording", "terms", "syrup"),
    }


def test_changes_are_not_compared_since_they_tell_what_changed(tmp_path: Path) -> None:
    assert changed(tmp_path, "changes/first.yml", "First edition", "An edition") == []


def test_a_path_in_a_file_has_a_title_in_words() -> None:
    assert title_of(("each",)) == "dose"
    assert title_of(("then", 0, "each")) == "phase 2, dose"
    assert title_of(("arms", 1, "dosage", 0, "times")) == "arm 2, dosage 1, frequency"
