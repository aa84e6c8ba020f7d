"""Axes: where a value stands, and which ticks are drawn so that none touches another."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, pairwise

from sitegen.model.quantity import write_number
from sitegen.pages.charts.drawing import Piece, Text, line, text_width

BETWEEN_TICKS = 8
TICKS = 26  # room for the ticks below an axis
TITLE = 20  # room for what the axis measures

Scale = Callable[[Fraction], float]
_Ticks = Sequence[tuple[Fraction, str]]


@dataclass(frozen=True)
class Span:
    """From where to where an axis runs in a drawing."""

    left: float
    right: float


@dataclass(frozen=True)
class Axis:
    """An axis: its ticks, and the place of any value on it."""

    span: Span
    ticks: tuple[tuple[float, str], ...]
    place: Scale

    def drawn(self, top: float, floor: float, title: str = "") -> Iterator[Piece]:
        """Yield the lines of the grid from `top` to `floor`, the axis there and texts below it."""
        for x, text in self.ticks:
            yield line("grid", x, top, x, floor)
            yield Text("tick", x, floor + 18, (text,), "middle")
        yield line("axis", self.span.left, floor, self.span.right, floor)
        if title:
            middle = (self.span.left + self.span.right) / 2
            yield Text("tick", middle, floor + 18 + TITLE, (title,), "middle")


def linear(low: int, high: int, steps: Iterator[int], span: Span) -> Axis:
    """Return an even axis with the smallest step whose ticks do not collide."""

    def ticks(step: int) -> _Ticks:
        ends = low // step * step, -(-high // step) * step
        return [(Fraction(at), str(at)) for at in range(ends[0], ends[1] + 1, step)]

    return _axis(_fitting(map(ticks, steps), float, span), float, span)


def round_steps() -> Iterator[int]:
    """Yield 1, 2, 5, 10, 20, 50 and so on."""
    return (10**power * step for power in count() for step in (1, 2, 5))


def logarithmic(values: Sequence[Fraction], span: Span) -> Axis:
    """Return an axis on which equal ratios are equal steps, for one or more positive values."""
    ends = [float(value) for value in values]
    powers = range(math.floor(math.log10(min(ends))), math.ceil(math.log10(max(ends))) + 1)
    steps = [Fraction(10) ** power * step for power in powers for step in (1, 2, 5)]
    ticks = _around([(step, write_number(step)) for step in steps], ends)
    whole = _around([(Fraction(10) ** at, write_number(Fraction(10) ** at)) for at in powers], ends)

    def thinner() -> Iterator[_Ticks]:
        yield ticks
        for every in count(1):
            yield [*whole[:-1:every], whole[-1]] if len(whole) > 1 else whole

    return _axis(_fitting(thinner(), math.log10, span), math.log10, span)


def _around(ticks: list[tuple[Fraction, str]], ends: list[float]) -> list[tuple[Fraction, str]]:
    """The ticks from the last one below every end to the first one above."""
    low = max((tick for tick in ticks if float(tick[0]) <= min(ends)), default=ticks[0])
    high = min((tick for tick in ticks if float(tick[0]) >= max(ends)), default=ticks[-1])
    return [tick for tick in ticks if low[0] <= tick[0] <= high[0]]


def _fitting(choices: Iterator[_Ticks], scale: Scale, span: Span) -> _Ticks:
    """The first choice of ticks whose texts stand clear of each other; else two at the most."""
    return next(ticks for ticks in choices if len(ticks) <= 2 or _stand_clear(ticks, scale, span))


def _stand_clear(ticks: _Ticks, scale: Scale, span: Span) -> bool:
    place = _placing(ticks, scale, span)
    return all(
        place(right) - place(left) >= (text_width(one) + text_width(other)) / 2 + BETWEEN_TICKS
        for (left, one), (right, other) in pairwise(ticks)
    )


def _axis(ticks: _Ticks, scale: Scale, span: Span) -> Axis:
    place = _placing(ticks, scale, span)
    return Axis(span, tuple((place(end), text) for end, text in ticks), place)


def _placing(ticks: _Ticks, scale: Scale, span: Span) -> Scale:
    """Where a value stands on an axis that runs from the first tick to the last."""
    start, stop = scale(ticks[0][0]), scale(ticks[-1][0])
    wide = span.right - span.left
    return lambda value: span.left + wide * (scale(value) - start) / ((stop - start) or 1)
