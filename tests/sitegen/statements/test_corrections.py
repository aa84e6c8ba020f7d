"""A correction says what was, what is, when and why, and no more than its entry does."""

from __future__ import annotations

from pathlib import Path

import pytest
from sound import sound_folder, write

from sitegen.derive.corrections import RecordChange
from sitegen.derive.relations import Relations
from sitegen.model import Change
from sitegen.model.ledger import Correction
from sitegen.model.when import read_when
from sitegen.read.load import load
from sitegen.statements.corrections import (
    cited_version,
    day_line,
    reason_line,
    release_line,
    removal_line,
    value_line,
    value_lines,
    version_line,
)


def correction(before: str | None, after: str | None, where: str = "then.0.each") -> Correction:
    return Correction("1.0.0", "regimens/a", "A", "dose", where, before, after)


def record_change(**fields: object) -> RecordChange:
    """An entry about an invented regimen, with what is given instead."""
    given: dict[str, object] = {
        **{"change": "next", "number": 0, "version": "1.0.0", "on": read_when("2020-03-01")},
        **{"kind": "dose", "says": "It was misread.", "why": None, "folder": "regimens"},
        **{"id": "a", "name": "A", "removed": False, "corrections": ()},
    }
    return RecordChange(**{**given, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("6 mg", "9 mg", "Phase 2, dose: was 6 mg, changed to 9 mg"),
        (None, "9 mg", "Phase 2, dose: new, 9 mg"),
        ("6 mg", None, "Phase 2, dose: was 6 mg, then left out"),
    ],
)
def test_a_value_has_what_it_was_and_what_it_was_changed_to(
    before: str | None, after: str | None, line: str
) -> None:
    assert value_line(correction(before, after)) == line
    assert list(value_lines(record_change(corrections=(correction(before, after),)))) == [line]


def test_a_removed_record_has_a_day_and_no_values() -> None:
    gone = record_change(removed=True, corrections=(correction(None, None, ""),))

    assert removal_line(gone) == "This regimen was removed on 1\u00a0March\u00a02020."
    assert list(value_lines(gone)) == []
    assert removal_line(record_change(folder="unknown")).startswith("This record was removed")


def test_a_reason_is_said_where_the_entry_gives_one() -> None:
    assert reason_line(record_change()) == "It was misread."
    assert reason_line(record_change(why="It has 9 mg.")) == "It was misread. Reason: It has 9 mg."
    assert day_line(record_change()) == "1\u00a0March\u00a02020"


@pytest.mark.parametrize(
    ("released", "line"),
    [("2020-03-01", "1\u00a0March\u00a02020"), ("not yet", "Not yet released as a version.")],
)
def test_a_version_has_its_day_or_is_not_released(released: str, line: str) -> None:
    change = Change.model_validate(
        {"id": "a", "version": "1.0.0", "released": released, "entries": []}
    )

    assert version_line(change) == line


WAITING = "version: 2.0.0\nreleased: {released}\nentries: {entries}\n"
ENTRY = "{{kind: wording, says: A word{}}}"


@pytest.mark.parametrize(
    ("released", "entries", "line"),
    [
        ("not yet", [], ""),
        ("not yet", [""], ", with changes that are not released"),
        (
            "not yet",
            [", on: 2020-05-04", "", ", on: 2020-03-31"],
            ", with changes to 4\u00a0May\u00a02020 that are not released",
        ),
        ("2020-06-01", [", on: 2020-05-04"], ""),
    ],
)
def test_a_page_is_cited_by_its_version_and_the_changes_after_it(
    tmp_path: Path, released: str, entries: list[str], line: str
) -> None:
    data = sound_folder(tmp_path)
    listed = f"[{', '.join(ENTRY.format(one) for one in entries)}]"
    write(data, "changes/next.yml", WAITING.format(released=released, entries=listed))
    known = Relations(load(data).site)

    assert release_line(known) == f"29\u00a0February\u00a02020{line}"
    assert cited_version(known) == f"Version 1.2.3, 29\u00a0February\u00a02020{line}"
