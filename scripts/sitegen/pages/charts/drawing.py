"""What drawings are made of, in units of a drawing: texts with their boxes, forms, panels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sitegen.derive.relations import Named
from sitegen.model import Record
from sitegen.model.reporting_items import Item

NARROW = 380  # of a picture that a phone shows whole, and a wide page in columns
FONT = 14
LINE = 16  # from one line of a text to the next
GAP = 12  # between a mark and its text
SWATCH = 14

Anchor = Literal["start", "middle", "end"]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Text:
    """Lines of text. `kind` says how they look; `y` is where the letters of the first stand."""

    kind: str
    x: float
    y: float
    lines: tuple[str, ...]
    anchor: Anchor = "start"

    @property
    def boxes(self) -> Iterator[Box]:
        """Yield the left, top, right and bottom of the room that each line takes at most."""
        for number, says in enumerate(self.lines):
            width, y = text_width(says), self.y + LINE * number
            left = self.x - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
            yield left, y - 0.8 * FONT, left + width, y + 0.2 * FONT


@dataclass(frozen=True)
class Form:
    """A line, rectangle, circle or path. `kind` and `state` say how it looks."""

    tag: Literal["line", "rect", "circle", "path"]
    kind: str
    where: tuple[tuple[str, str], ...]
    state: str = ""


Piece = Text | Form


@dataclass(frozen=True)
class Panel:
    """A part of a picture that is not parted on paper, from `top` down, with what it says."""

    title: str
    about: str
    top: float
    height: float
    pieces: tuple[Piece, ...]

    @property
    def texts(self) -> tuple[Text, ...]:
        """Return the texts that are drawn in it."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Text))


@dataclass(frozen=True)
class Cell:
    """A cell of the table beside a picture, with the record that it leads to."""

    text: str
    leads_to: Record | Named | Item | None = None


@dataclass(frozen=True)
class Picture:
    """A picture in panels, one below the other, with a table of the same numbers."""

    name: str
    """The name of its files."""
    title: str
    about: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    panels: tuple[Panel, ...]
    width: float = NARROW
    is_one_column: bool = False
    """Whether its panels share columns, and are printed on one page."""

    @property
    def height(self) -> float:
        """Return the height of the whole drawing."""
        return sum(panel.height for panel in self.panels)

    @property
    def is_narrow(self) -> bool:
        """Return whether a phone shows it whole, and a wide page in columns."""
        return self.width == NARROW

    @property
    def is_wide(self) -> bool:
        """Return whether its table needs the width of the page."""
        return len(self.head) > 3


def line(kind: str, x1: float, y1: float, x2: float, y2: float) -> Form:
    """Return a straight line."""
    ends = (("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2))
    return Form("line", kind, tuple((name, points(end)) for name, end in ends))


def rect(kind: str, x: float, y: float, width: float, height: float, state: str = "") -> Form:
    """Return a rectangle."""
    sizes = (("x", x), ("y", y), ("width", width), ("height", height))
    return Form("rect", kind, tuple((name, points(size)) for name, size in sizes), state)


def circle(kind: str, x: float, y: float, radius: float, state: str = "") -> Form:
    """Return a circle."""
    sizes = (("cx", x), ("cy", y), ("r", radius))
    return Form("circle", kind, tuple((name, points(size)) for name, size in sizes), state)


def shape(form: str, kind: str, x: float, y: float) -> Form:
    """Return a circle, square, diamond or triangle about a point."""
    if form == "circle":
        return circle(kind, x, y, 5.5)
    corners = " ".join(f"{points(x + dx)},{points(y + dy)}" for dx, dy in _CORNERS[form])
    return Form("path", kind, (("d", f"M{corners}Z"),))


_CORNERS = {
    "square": ((-5, -5), (5, -5), (5, 5), (-5, 5)),
    "diamond": ((0, -7), (7, 0), (0, 7), (-7, 0)),
    "triangle": ((0, -6.5), (6.5, 5), (-6.5, 5)),
}


def block(
    kind: str, lines: Sequence[str], x: float, middle: float, anchor: Anchor = "start"
) -> Text:
    """Return a text whose lines stand one below the other about a middle."""
    return Text(kind, x, middle + 5 - LINE / 2 * (len(lines) - 1), tuple(lines), anchor)


def beside(
    text: str, low: float, high: float, left: float, right: float = NARROW
) -> tuple[list[str], float, Anchor]:
    """Return the lines of a text beside a mark from low to high, their x, and their anchor.

    They are to the right where the text fits there, or where there is more room than between the
    mark and `left`.
    """
    on_right, on_left = right - high - GAP, low - GAP - left
    if on_right >= min(text_width(text), max(on_left, on_right)):
        return wrapped(text, on_right), high + GAP, "start"
    return wrapped(text, on_left), low - GAP, "end"


def key(
    entries: Iterable[tuple[str, str]], left: float, top: float, right: float = NARROW
) -> tuple[list[Piece], float]:
    """Return the swatches and the names of states from `top` down, and the room that they take."""
    pieces: list[Piece] = []
    x, y = left, top
    for state, name in entries:
        width = SWATCH + GAP / 2 + text_width(name)
        if x > left and x + width > right:
            x, y = left, y + LINE + 6
        pieces.append(rect("part", x, y, SWATCH, SWATCH, state))
        pieces.append(Text("tick", x + SWATCH + GAP / 2, y + 12, (name,)))
        x += width + 1.5 * GAP
    return pieces, y + LINE + 6 - top


def wrapped(text: str, width: float) -> list[str]:
    """Return a text in lines that are no wider than a width; a word that is wider is cut."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if text_width(longer) <= width:
            lines[-1] = longer
        else:
            lines += _cut(word, width)
    return [line for line in lines if line] or [""]


def _cut(word: str, width: float) -> list[str]:
    """A word in pieces that are no wider than a width; one piece wherever it fits."""
    pieces = [""]
    for letter in word:
        if text_width(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def text_width(text: str) -> float:
    """Return how wide a text is at most, in a sans-serif letter of the size of charts."""
    return FONT * sum(_letter_width(letter) for letter in text)


@cache
def _letter_width(letter: str) -> float:
    """The width of a letter in ems, on the safe side."""
    if letter in "iljtfrI.,;:'!|()[] \u00a0":
        return 0.36
    if letter in "mwMW@%\u2014":
        return 0.95
    return 0.74 if letter.isupper() else 0.58


def points(number: float) -> str:
    """Return a coordinate to a tenth, so that the same data always give the same bytes."""
    return f"{number:.1f}".removesuffix(".0")
