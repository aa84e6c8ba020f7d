"""The units: their names, codes, dimensions and exact sizes, read from `units.toml`.

A unit of several parts, such as `mg/kg per day`, is made from those of the table.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

Dimension: TypeAlias = tuple[tuple[str, int], ...]


def dimension(**powers: int) -> Dimension:
    """Return the dimension with these powers of its bases, e.g. mass=1, volume=-1."""
    return tuple(sorted((base, power) for base, power in powers.items() if power))


@dataclass(frozen=True)
class Unit:
    """A unit: how it is written, its UCUM code (or none), what it measures, and its size.

    The factor is the size in the main unit of the dimension.
    """

    one: str
    many: str
    ucum: str | None
    dimension: Dimension
    factor: Fraction = Fraction(1)

    def __str__(self) -> str:
        """Return the unit's name for several, which no other unit has."""
        return self.many


@dataclass(frozen=True)
class Spelling:
    """A unit as texts write it: its names, what a number of it is, and its spellings."""

    one: str
    many: str
    kind: str
    spellings: str


def _of_row(row: Mapping[str, Any]) -> Unit:
    base = row["measures"]
    measures = dimension() if base == "number" else dimension(**{base: 1})
    many, factor = row.get("many", row["one"]), Fraction(row.get("factor", 1))
    return Unit(row["one"], many, row.get("ucum"), measures, factor)


_ROWS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["unit"]
UNITS = tuple(_of_row(row) for row in _ROWS if "measures" in row)
"""The units of the table that records can use."""
SPELLINGS = tuple(
    Spelling(row["one"], row.get("many", row["one"]), row["kind"], row["spellings"])
    for row in _ROWS
    if "spellings" in row
)
"""The units of the table that are read in texts."""
GIVEN = frozenset(row["measures"] for row in _ROWS if row.get("given"))
"""The bases that a dose is an amount of."""

_MEASURED = {"mass", "volume", "substance", "equivalent", "activity"}
_MEASURED |= {"international_unit", "biological_unit"}
PRESENTATIONS = tuple(
    unit for unit in UNITS if {base for base, _ in unit.dimension} & GIVEN - _MEASURED
)
"""The units of presentation: whole things that hold a drug, such as tablets or sprays."""

_ABOVE = GIVEN | {"volume"}
_BELOW = {row["one"] for row in _ROWS if row.get("divides")} | {"kg", "m2"}
_BY_NAME = {name: unit for unit in UNITS for name in (unit.one, unit.many)}
_MAIN = {unit.dimension: unit for unit in reversed(UNITS) if unit.factor == 1}
_OF_BODY = {
    "kg": Unit("kg", "kg", "kg", dimension(body=1)),
    "m2": Unit("m2", "m2", "m2", dimension(surface=1)),
}
"""What amounts are divided by: a kilogram of a body is no million milligrams of a drug."""
PATTERN = "^(?=.)(?:{table}|(?:(?:{above})(?:/(?:{below}))*)?(?: ?per (?:{below}))?)$".format(
    table="|".join(re.escape(unit.many) for unit in UNITS),
    above="|".join(
        re.escape(unit.many) for unit in UNITS if {base for base, _ in unit.dimension} & _ABOVE
    ),
    below="|".join(re.escape(name) for name in sorted(_BELOW)),
)
"""The name of a unit for several, as a regular expression for others to check with."""
_MAIN_BY_BASE = {
    measures[0][0]: unit
    for measures, unit in [*_MAIN.items(), *((each.dimension, each) for each in _OF_BODY.values())]
    if len(measures) == 1
}
_PERIODS = (dimension(time=1), dimension(calendar=1))
_NOTHING = Unit("", "", "", dimension())
_COMPOSED = re.compile(
    r"(?P<top>[^/ ]+)?(?P<strokes>(?:/[^/ ]+)*)(?:(?:^|(?<!^) )per (?P<period>\w+))?"
)


@cache
def unit_named(name: str) -> Unit | None:
    """Return the unit of that name, from the table or made of several; None where there is none."""
    if known := _BY_NAME.get(name):
        return known
    match = _COMPOSED.fullmatch(name)
    if not match:
        return None
    top = _BY_NAME.get(match["top"]) if match["top"] else _NOTHING
    strokes = match["strokes"].split("/")[1:]
    names = [*strokes, *([match["period"]] if match["period"] else [])]
    if top is None or not names or (top is _NOTHING and strokes) or not _divides(top, match):
        return None
    below = [_OF_BODY.get(part) or _BY_NAME[part] for part in names]
    return _divided(top, below[: len(strokes)], below[len(strokes) :])


def _divides(top: Unit, match: re.Match[str]) -> bool:
    """Whether a unit may be divided by the parts of a name: each once, a period behind `per`."""
    strokes = match["strokes"].split("/")[1:]
    periods = [match["period"]] if match["period"] else []
    is_above = top is _NOTHING or bool({base for base, _ in top.dimension} & _ABOVE)
    return (
        is_above
        and len({top.one, *strokes}) == 1 + len(strokes)
        and {*strokes, *periods} <= _BELOW
        and all(_is_period(part) for part in periods)
        and not any(_is_period(part) for part in strokes)
    )


def _is_period(name: str) -> bool:
    known = _BY_NAME.get(name)
    return known is not None and known.dimension in _PERIODS


def _divided(top: Unit, below: Sequence[Unit], period: Sequence[Unit]) -> Unit:
    """A unit divided by others, of which a period of time comes last."""
    parts = (*below, *period)
    powers = dict(top.dimension)
    for part in parts:
        powers |= {base: powers.get(base, 0) - 1 for base, _ in part.dimension}
    codes = [top.ucum, *(part.ucum for part in parts)]
    names = [
        "".join([name, *(f"/{part.one}" for part in below), *(f" per {x.one}" for x in period)])
        for name in (top.one, top.many)
    ]
    return Unit(
        names[0].strip(),
        names[1].strip(),
        None if None in codes else "/".join(str(code) for code in codes),
        dimension(**powers),
        top.factor / math.prod((part.factor for part in parts), start=Fraction(1)),
    )


def main_unit(measures: Dimension) -> Unit | None:
    """Return the unit of size 1 of a dimension; None where no amount here has that dimension."""
    if known := _MAIN.get(measures):
        return known
    above = [base for base, power in measures if power == 1]
    below = [base for base, power in measures if power == -1]
    if len(above) > 1 or len(above) + len(below) != len(measures) or not {*above} <= _ABOVE:
        return None
    units = {base: _MAIN_BY_BASE.get(base) for base in (*above, *below)}
    names = {base: main.one for base, main in units.items() if main}
    if len(names) < len(units):
        return None
    strokes = "".join(f"/{names[base]}" for base in below if not _is_period(names[base]))
    periods = "".join(f" per {names[base]}" for base in below if _is_period(names[base]))
    return unit_named(f"{names[above[0]] if above else ''}{strokes}{periods}".strip())
