"""What was read of a source: how far, on which day, and its sentences as a register to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from curate.annotated import Drafted, Line
from sitegen.check import register
from sitegen.model.absence import Absence

LEVELS = {"abstract": "record", "full text": "text"}
"""What was seen of a source, by how far it was read."""
_HEADINGS = {"abstract": "Abstract"}


@dataclass(frozen=True)
class Reading:
    """What was read of a source, with its sentences, one a line.

    A line may begin with the place of its sentence. Lines of an abstract without a place are its
    sentences in their order.
    """

    read: str
    on: date
    text: str

    def values(self, address: str | None) -> dict[str, Any]:
        """Return the values of the source that was read, at an address where it has one.

        Raise ValueError for a line that is no sentence with its place.
        """
        lines = list(self._with_places())
        entries = list(register.draft("\n".join(lines)))[1:]
        return {
            "read": self.read,
            "verified": {
                "level": LEVELS[self.read],
                "on": self.on.isoformat(),
                **({"seen_at": [address]} if address else {}),
            },
            "sections": _sections(lines),
            "sentences": Drafted(tuple(map(_line, entries))),
        }

    def _with_places(self) -> Iterator[str]:
        """Yield the lines that say something, each behind the place of its sentence."""
        lines = [line.strip() for line in self.text.splitlines() if line.strip()]
        if self.read != "abstract" or any(map(register.PLACE.match, lines)):
            yield from lines
        else:
            yield from (f"abstract.1.{number} {line}" for number, line in enumerate(lines, 1))


def _sections(lines: Sequence[str]) -> list[dict[str, str]]:
    """Return the sections that places name; the heading of another than the abstract is open."""
    found = dict.fromkeys(line.partition(".")[0] for line in lines)
    return [{"id": id, "heading": _HEADINGS.get(id, str(Absence.NOT_EXTRACTED))} for id in found]


def _line(text: str) -> Line:
    """Return a line of a drafted register; a gist is left for the curator."""
    return Line(text.rstrip(), "gist" if text.strip() == "gist:" else None)
