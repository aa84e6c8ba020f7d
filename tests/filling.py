"""Fills in the open fields of a file that a command started, as a curator would."""

from __future__ import annotations

import re
from pathlib import Path

OPEN = re.compile(r"^( *)(- )?([a-z0-9_]+):$")

# What a curator writes behind the open fields of each kind; elsewhere "not reported".
FILLED: dict[str, dict[str, str]] = {
    "sources": {
        "title": "A second paper",
        "kind": "review",
        "language": "en",
        "read": "abstract",
        "level": "record",
        "on": "2020-02-28",
        "seen_at": "[https://example.org/second]",
        "word": "primary",
        "why": "It reports its own trial.",
        "id": "abstract",
        "at": "abstract.1.1",
        "gist": "Hiccups end.\n    unused: It is one of the tests.",
    },
    "substances": {"name": "Examplate", "kind": "salt", "text": "Examplin", "language": "en"},
    "conditions": {
        "name": "Snoring",
        "kind": "state",
        "wording": "[snoring]",
        "gloss": "A noise of sleep.",
    },
    "studies": {"name": "Snorers", "conditions": "[hiccups]", "says": "It was given"},
    "ties": {
        "name": "One and the same",
        "reports": "[hiccups, trial]",
        "relation": "one study",
        "tie": "inferred",
        "at": "[leaflet use.1.2, paper abstract.1.1]",
        "why": "The numbers are the same.",
    },
    "experiments": {
        "name": "Rats",
        "lane": "animal",
        "at": "paper abstract.1.2",
        "doses": "[not reported]",
        "says": "Nothing happened",
    },
    "regimens": {"name": "Hiccups", "conditions": "[]", "at": "leaflet use.1.1"},
    "products": {"name": "Syrup", "substance": "examplin"},
    "cautions": {
        "name": "Sleepers",
        "kind": "warning",
        "says": "Asleep",
        "at": "leaflet safety.1.1",
    },
    "claims": {
        "name": "Use",
        "substance": "examplin",
        "kind": "use",
        "lane": "not stated",
        "says": "It is used.",
    },
    "events": {"name": "Made", "kind": "research", "says": "It was made."},
    "organisations": {"name": "Institute", "kind": "research"},
    "people": {"name": "Wake"},
    "terms": {"name": "yawn", "kind": "medical", "means": "A breath.", "tooltip": "shown"},
    "parameters": {"name": "A bottle", "role": "volume of a container", "value": "not extracted"},
    "checks": {
        "name": "Is it as long?",
        "rule": "length within",
        "inputs": "[studies/hiccups length, regimens/hiccups length]",
        "why": "It may be.",
    },
    "comparisons": {
        "name": "How long it is said to work",
        "weight": "action",
        "inputs": "[claims/duration value, claims/duration-paper value]",
        "rule": "amounts",
        "why": "The paper gives twice the time.",
    },
    "codes": {
        "name": "Yawns",
        "system": "urn:example:codes",
        "code": "Y01",
        "display": "Yawns",
        "match": "exact",
        "grade": "A",
        "version": '"2020"',
        "seen_at": "https://example.org/codes",
    },
    "changes": {
        "version": "1.2.4",
        "released": "not yet",
        "kind": "wording",
        "says": "A word was mended.",
    },
}
PLACES = {"at": "leaflet use.1.1"}


def open_lines(text: str) -> list[int]:
    """The lines of a file whose field has no value and no part below it."""
    lines = text.splitlines()
    found = []
    for number, line in enumerate(lines, 1):
        match = OPEN.match(line)
        below = next((one for one in lines[number:] if not one.lstrip().startswith("#")), "")
        depth = len(match[1]) + len(match[2] or "") if match else 0
        if match and len(below) - len(below.lstrip()) <= depth:
            found.append(number)
    return found


def fill(path: Path, lines: list[int]) -> None:
    """Write a value behind the field of each of some lines of a file.

    A tie takes the place of that of the same reports.
    """
    if path.parent.name == "ties":
        (path.parent / "hiccups.yml").unlink()
    known = {**PLACES, **FILLED[path.parent.name]}
    filled = path.read_text(encoding="utf-8").splitlines()
    for line in lines:
        field = filled[line - 1].strip().removeprefix("- ").removesuffix(":")
        filled[line - 1] += f" {known.get(field, 'not reported')}"
    path.write_text("\n".join(filled) + "\n", encoding="utf-8")
