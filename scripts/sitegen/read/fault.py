"""The place where the parser gave up on a text, with the lines around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitegen.model import Record

Found = tuple[int, str]
"""The line that is wrong, counted from 0, with what is wrong and how to mend it."""
_NAME = re.compile(r"([\w-]+):(?=\s|$)")
_COMMENT = re.compile(r"\s#")


@dataclass(frozen=True)
class Fault:
    """Where the parser stopped, counted from 0: the lines, where, what was open, what it says."""

    lines: Sequence[str]
    at: int
    opened: int | None
    says: str
    kind: type[Record] | None = None

    def line(self, number: int | None) -> str:
        """Return a line; an empty one where there is none."""
        return self.lines[number] if number is not None and 0 <= number < len(self.lines) else ""

    def above(self, number: int) -> int | None:
        """Return the nearest line above that is neither blank nor a comment, if there is one."""
        higher = range(min(number, len(self.lines)) - 1, -1, -1)
        return next((one for one in higher if self._says(one)), None)

    def below(self, number: int) -> int | None:
        """Return the nearest line below that is neither blank nor a comment, if there is one."""
        return next((one for one in range(number + 1, len(self.lines)) if self._says(one)), None)

    def _says(self, number: int) -> bool:
        return self.line(number).lstrip()[:1] not in ("", "#")

    @property
    def near(self) -> tuple[int, ...]:
        """The line where the parser stopped, and the written line above it."""
        above = self.above(self.at)
        return (self.at,) if above is None else (self.at, above)


@dataclass(frozen=True)
class Line:
    """A line as one of a block: whether it begins an entry, and its field and value, if any."""

    text: str

    @property
    def depth(self) -> int:
        """The spaces before it."""
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def is_entry(self) -> bool:
        """Whether it begins an entry of a list."""
        return bool(re.match(r" *-(?:\s|$)", self.text))

    @property
    def inner(self) -> int:
        """The depth of its field: behind the dash where it begins an entry."""
        dash = re.match(r" *(?:- *)?", self.text)
        return len(dash[0]) if dash and self.is_entry else self.depth

    @property
    def name(self) -> str:
        """The field that it has; empty where it has none."""
        found = _NAME.match(self.text, self.inner)
        return found[1] if found else ""

    @property
    def value(self) -> str:
        """What stands behind its field, but for a comment; empty where nothing does."""
        found = _NAME.match(self.text, self.inner)
        behind = self.text[found.end() :] if found else ""
        return _COMMENT.split(behind, maxsplit=1)[0].strip()

    @property
    def is_head(self) -> bool:
        """Whether it is a field whose lines are to follow."""
        return bool(self.name) and not self.value


def around(fault: Fault, number: int) -> Iterator[tuple[int, Line]]:
    """Yield the lines that a line may belong to, from the nearest: each opens what it is in."""
    least, is_below_entry = None, False
    above = fault.above(number)
    while above is not None and (least is None or least > 0 or is_below_entry):
        line = Line(fault.line(above))
        is_parent = is_below_entry and line.depth == least and line.is_head and not line.is_entry
        if (line.name or line.is_entry) and (least is None or line.depth < least or is_parent):
            yield above, line
            least, is_below_entry = line.depth, line.is_entry
        above = fault.above(above)
