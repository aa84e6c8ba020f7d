"""What was published changes with an entry and a reason, and versions agree."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from releases import (
    DOSE,
    EXPLAINED,
    GONE,
    NEXT,
    corrected_folder,
    released_folder,
    released_once,
    renamed,
)
from sound import problems, read, replace, rich_folder, sound_folder, write

from sitegen.model.ledger import read_ledger

_UNTOLD = (
    "data/regimens/hiccups.yml:7: limit 1 was 'left out' at the last release and is '2–4 mg': say "
    "why in data/changes/, in an entry with 'kind: dose', 'records: [regimens/hiccups]' and 'why'"
)
_GONE = (
    "data/terms/syrup.yml:1: 'syrup' is gone since the last release: say why in data/changes/, in "
    "an entry with 'removed: [terms/syrup]' and 'why'; or, where another record replaces it, write "
    "'formerly: [syrup]' there"
)


@pytest.mark.parametrize("folder", [rich_folder, released_once, corrected_folder, released_folder])
def test_a_folder_whose_changes_are_explained_is_sound(
    tmp_path: Path, folder: Callable[[Path], Path]
) -> None:
    assert problems(folder(tmp_path)) == []


def test_without_a_release_nothing_needs_an_entry(tmp_path: Path) -> None:
    data = rich_folder(tmp_path)
    replace(data, *DOSE)

    assert problems(data) == []


def test_a_dose_that_changed_without_an_entry_is_named_with_both_values(tmp_path: Path) -> None:
    data = released_once(tmp_path)
    replace(data, *DOSE)

    assert problems(data) == [_UNTOLD]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    why: The sentence bounds the dose.\n", ""),
        ("kind: dose", "kind: safety"),
        ("records: [regimens/hiccups]", "records: [regimens/yawning]"),
    ],
    ids=["no reason", "another kind", "another record"],
)
def test_an_entry_that_does_not_say_why_of_this_does_not_count(
    tmp_path: Path, old: str, new: str
) -> None:
    data = released_once(tmp_path)
    replace(data, *DOSE)
    write(data, "changes/next.yml", NEXT + EXPLAINED.replace(old, new))

    assert problems(data) == [_UNTOLD]


def test_an_entry_of_a_version_that_was_released_before_does_not_count(tmp_path: Path) -> None:
    data = released_folder(tmp_path)
    replace(data, DOSE[0], "max: [2-4 mg]\n", "")

    (found,) = problems(data)
    assert "limit 1 was '2–4 mg' at the last release and is 'left out'" in found


def test_a_caution_that_changed_without_an_entry_is_named(tmp_path: Path) -> None:
    data = released_once(tmp_path)
    replace(data, "cautions/sleep.yml", "kind: contraindication", "kind: warning")

    (found,) = problems(data)
    assert found.startswith("data/cautions/sleep.yml:2: kind was 'contraindication' at the last")
    assert "'kind: safety', 'records: [cautions/sleep]'" in found


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("regimens/hiccups.yml", "name: Hiccups", "name: All hiccups"),
        ("regimens/hiccups.yml", "why: Same condition.", "why: The condition is the same."),
        ("cautions/sleep.yml", "name: Sleep", "name: Being asleep"),
        ("terms/syrup.yml", "A thick", "A very thick"),
        ("studies/trial.yml", "Patients with severe", "People with severe"),
    ],
)
def test_wording_and_evidence_change_without_an_entry(
    tmp_path: Path, name: str, old: str, new: str
) -> None:
    data = released_once(tmp_path)
    replace(data, name, old, new)

    assert problems(data) == []


def test_a_record_that_went_without_an_entry_is_named(tmp_path: Path) -> None:
    data = released_once(tmp_path)
    (data / "terms/syrup.yml").unlink()

    assert problems(data) == [_GONE]
    write(data, "changes/next.yml", NEXT + GONE)
    assert problems(data) == []


def test_a_record_that_was_renamed_is_not_gone_and_is_compared(tmp_path: Path) -> None:
    data = released_once(tmp_path)
    renamed(data, "regimens/hiccups.yml", "all-hiccups")
    assert problems(data) == []

    replace(data, "regimens/all-hiccups.yml", *DOSE[1:])
    (found,) = problems(data)
    assert "'records: [regimens/all-hiccups]'" in found


def test_what_is_new_needs_no_entry(tmp_path: Path) -> None:
    data = released_once(tmp_path)
    write(data, "regimens/other.yml", read(data, "regimens/hiccups.yml"))

    assert not [line for line in problems(data) if "last release" in line]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            *("records: [regimens/hiccups]", "records: [regimens/hiccup]"),
            "records must name a record by folder and file (got 'regimens/hiccup')",
        ),
        (
            *("removed: [terms/syrup]", "removed: [regimens/hiccups]"),
            "removed: 'regimens/hiccups' is still there, in data/regimens/hiccups.yml: delete one "
            "of the two",
        ),
        (
            *("removed: [terms/syrup]", "removed: [terms/jelly]"),
            "removed: 'terms/jelly' was never released: delete the line, since nobody misses it",
        ),
        (
            *("records: [regimens/hiccups]", "records: hiccups"),
            "records must name records by folder and file, such as 'regimens/example' (got "
            "'hiccups')",
        ),
        (
            *("    why: No page has it.\n", ""),
            "entries must say why the records under removed are gone",
        ),
        (
            *("    on: 2020-03-01\n", ""),
            "the record must have on, the day, in each entry with records until its release",
        ),
        ("not yet", "soon", "released must be a date such as"),
    ],
)
def test_an_entry_that_names_no_record_is_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    data = corrected_folder(tmp_path)
    replace(data, "changes/next.yml", old, new)

    assert [line for line in problems(data) if message in line]


def test_the_release_of_record_is_the_newest(tmp_path: Path) -> None:
    data = corrected_folder(tmp_path)
    replace(data, "changes/next.yml", "released: not yet", "released: 2020-04-01")
    assert problems(data) == [
        "data/site.yml:7: version must be the newest that is released, 1.3.0 of "
        "data/changes/next.yml"
    ]
    replace(data, "site.yml", "version: 1.2.3", "version: 1.3.0")
    assert problems(data) == [
        "data/site.yml:8: released must be the day in data/changes/next.yml: 2020-04-01"
    ]
    replace(data, "site.yml", "released: 2020-02-29", "released: 2020-04-01")
    assert problems(data) == [
        "data/released.json:1: is of version 1.2.3, not 1.3.0: run `build.py release`"
    ]


def test_only_the_newest_version_may_wait_for_its_release(tmp_path: Path) -> None:
    data = sound_folder(tmp_path)
    text = read(data, "changes/first.yml")
    write(
        data, "changes/older.yml", text.replace("1.2.3", "1.0.0").replace("2020-02-29", "not yet")
    )

    assert problems(data) == [
        "data/changes/older.yml:2: version 1.0.0 is 'not yet' released, but 1.2.3 is newer"
    ]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "<<<<<<< HEAD\n{}", '{"version": 1}', "\xff".encode("latin-1")]
)
def test_a_release_that_cannot_be_read_is_named(tmp_path: Path, content: str | bytes) -> None:
    data = released_once(tmp_path)
    write(data, "released.json", content)

    assert [line for line in problems(data) if "must be as `build.py release` writes it" in line]


def test_a_release_is_the_same_when_it_is_read_again(tmp_path: Path) -> None:
    text = read(released_folder(tmp_path), "released.json")
    ledger = read_ledger(text)

    assert ledger.dumped() == text
    assert json.loads(text)["version"] == "1.3.0"
    assert [(one.record, one.before, one.after) for one in ledger.corrections] == [
        ("regimens/hiccups", None, "2–4\u00a0mg"),
        ("terms/syrup", None, None),
    ]
