"""What was read and seen of a source: how far, where, and a register of its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from curate.annotated import Drafted, Line
from sitegen.check import register
from sitegen.model import Topic
from sitegen.model.absence import Absence

LEVELS = {"abstract": "record", "full text": "text"}
"""What was seen of a source, by how far it was read."""
TOPICS = get_args(Topic)
"""What a source can be read for."""
_HEADINGS = {"title": "Title", "abstract": "Abstract"}
_OF_ABSTRACT = re.compile(r"abstract\.1\.([0-9]+)\s")
_NUMBERED = re.compile(r"([0-9]+)[.)]\s+(?=\S)")
_LIKE_A_PLACE = re.compile(r"([A-Za-z-]+\.[0-9][0-9.]*:?)(?:\s|$)")


@dataclass(frozen=True)
class Reading:
    """What was read of a source, with its sentences, one a line, and the addresses it was seen at.

    A line may begin with the place of its sentence. Lines of an abstract without a place are its
    sentences in their order; where all are numbered from 1, as `1. ` or `1) `, the numbers are no
    part of them. The text is None where only an address is known.
    """

    read: str
    on: date
    text: str | None = None
    seen_at: Sequence[str] = ()
    read_for: Sequence[str] = ()
    """The topics on which all that it says is noted."""

    def values(self) -> dict[str, Any]:
        """Return the values of the source: no more than was read and seen.

        Raise ValueError for a line that is no sentence with its place.
        """
        seen: dict[str, Any] = {"on": self.on.isoformat()}
        if self.seen_at:
            seen["seen_at"] = list(self.seen_at)
        if self.text is None:
            return {"verified": seen}
        lines = list(self._with_places(self.text))
        entries = list(register.draft("\n".join(lines)))[1:]
        topics = {"read_for": list(self.read_for)} if self.read_for else {}
        return {
            "read": self.read,
            **topics,
            "verified": {"level": LEVELS[self.read], **seen},
            "sections": _sections(lines),
            "sentences": Drafted(tuple(map(_line, entries))),
        }

    def _with_places(self, text: str) -> Iterator[str]:
        """Yield the lines that say something, each behind the place of its sentence."""
        last = 0
        for number, line in enumerate(_without_numbers(text.splitlines()), 1):
            line = line.strip()
            if match := _OF_ABSTRACT.match(line):
                last = int(match[1])
            elif line and self.read == "abstract" and not register.PLACE.match(line):
                _refuse_like_a_place(number, line)
                last += 1
                line = f"abstract.1.{last} {line}"
            yield line


def _without_numbers(lines: Sequence[str]) -> Sequence[str]:
    """Return lines without the numbers of a list, where each that says something has its own."""
    numbers = [_NUMBERED.match(line.strip()) for line in lines if line.strip()]
    counted = [match and match[1] for match in numbers]
    if counted != [str(number) for number in range(1, len(counted) + 1)]:
        return lines
    return [_NUMBERED.sub("", line.strip(), count=1) for line in lines]


def _refuse_like_a_place(number: int, line: str) -> None:
    """Raise ValueError where a line begins with what was meant as a place, and is none."""
    if match := _LIKE_A_PLACE.match(line):
        raise ValueError(
            f"line {number} begins with '{match[1]}': write a place in small letters, with a"
            " paragraph and a sentence, such as 'title.1.1', or leave it out"
        )


def _sections(lines: Sequence[str]) -> list[dict[str, str]]:
    """Return the sections that places name; only two have a heading that is known."""
    found = dict.fromkeys(line.partition(".")[0] for line in lines if line)
    return [{"id": id, "heading": _HEADINGS.get(id, str(Absence.NOT_EXTRACTED))} for id in found]


def _line(text: str) -> Line:
    """Return a line of a drafted register; a gist is left for the curator."""
    return Line(text.rstrip(), "gist" if text.strip() == "gist:" else None)
