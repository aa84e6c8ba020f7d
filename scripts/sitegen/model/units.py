"""Units: their names, codes, dimensions and exact sizes; those of the program are in `units.toml`.

A unit of several parts, such as `mg/kg per day`, is made from those of a table.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import product
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


Row: TypeAlias = Mapping[str, Any]
"""A row of a table of units, as the head of `units.toml` describes it."""


def _of_row(row: Row) -> Unit:
    base = row["measures"]
    measures = dimension() if base == "number" else dimension(**{base: 1})
    many, factor = row.get("many", row["one"]), Fraction(row.get("factor", 1))
    return Unit(row["one"], many, row.get("ucum"), measures, factor)


_OF_BODY = {
    "kg": Unit("kg", "kg", "kg", dimension(body=1)),
    "m2": Unit("m2", "m2", "m2", dimension(surface=1)),
}
"""What amounts are divided by: a kilogram of a body is no million milligrams of a drug."""
_OF_MORE = ("people", "animals")
"""What counts of these say is more than a number."""
_PERIODS = (dimension(time=1), dimension(calendar=1))
_NOTHING = Unit("", "", "", dimension())
_COMPOSED = re.compile(
    r"(?P<top>[^/ ]+)?(?P<strokes>(?:/[^/ ]+)*)(?:(?:^|(?<!^) )per (?P<period>\w+))?"
)


@dataclass(frozen=True, eq=False)
class Units:
    """A table of units, and what follows from it."""

    rows: tuple[Row, ...]
    _known: dict[str, Unit | None] = field(default_factory=dict, repr=False)
    """The units that were asked for by name."""

    @cached_property
    def all(self) -> tuple[Unit, ...]:
        """The units that records can use."""
        return tuple(_of_row(row) for row in self.rows if "measures" in row)

    @cached_property
    def spellings(self) -> tuple[Spelling, ...]:
        """The units that are read in texts."""
        return tuple(
            Spelling(row["one"], row.get("many", row["one"]), row["kind"], row["spellings"])
            for row in self.rows
            if "spellings" in row
        )

    @cached_property
    def spelt(self) -> Mapping[str, Spelling]:
        """Each unit that is read in texts, by each of its spellings."""
        return {word: unit for unit in self.spellings for word in unit.spellings.split()}

    @cached_property
    def written(self) -> frozenset[str]:
        """The words that write a unit and say nothing else, as `women` does."""
        spelt = {word for word, unit in self.spelt.items() if unit.kind not in _OF_MORE}
        return frozenset({*spelt, *self._by_name, "per"})

    @cached_property
    def kind_of(self) -> Mapping[str, str]:
        """What a number of a unit is in a text, by the unit's names."""
        return {name: unit.kind for unit in self.spellings for name in (unit.one, unit.many)}

    @cached_property
    def name_of_one(self) -> Mapping[str, str]:
        """The name for one of each unit that is read in texts, by its name for several."""
        return {unit.many: unit.one for unit in self.spellings}

    @cached_property
    def given(self) -> frozenset[str]:
        """The bases that a dose is an amount of."""
        rows = (row for row in self.rows if row.get("given") or row.get("presentation"))
        return frozenset(row["measures"] for row in rows)

    @cached_property
    def presentations(self) -> tuple[Unit, ...]:
        """The units of presentation: whole things that hold a drug, such as tablets or sprays."""
        return tuple(_of_row(row) for row in self.rows if row.get("presentation"))

    @cached_property
    def containers(self) -> frozenset[str]:
        """The units of presentation that are containers, such as vials, by their names for one."""
        return frozenset(row["one"] for row in self.rows if row.get("container"))

    @cached_property
    def pattern(self) -> str:
        """The name of a unit for several, as a regular expression for others to check with."""
        above = (unit for unit in self.all if {base for base, _ in unit.dimension} & self._above)
        return "^(?=.)(?:{table}|(?:(?:{above})(?:/(?:{below}))*)?(?: ?per (?:{below}))?)$".format(
            table="|".join(re.escape(unit.many) for unit in self.all),
            above="|".join(re.escape(unit.many) for unit in above),
            below="|".join(re.escape(name) for name in sorted(self._below)),
        )

    @cached_property
    def composed(self) -> tuple[tuple[tuple[str, str, str], Unit], ...]:
        """Units made of a name above, at most one below and a period, each with these parts."""
        above = (unit for unit in self.all if {base for base, _ in unit.dimension} & self._above)
        tops = ["", *(name for unit in above for name in dict.fromkeys((unit.one, unit.many)))]
        periods = ["", *(name for name in sorted(self._below) if self._is_period(name))]
        below = ["", *(name for name in sorted(self._below) if not self._is_period(name))]
        made = (parts for parts in product(tops, below, periods) if any(parts[1:]))
        named = ((parts, self.named(_name_of(*parts))) for parts in made)
        return tuple((parts, unit) for parts, unit in named if unit)

    @cached_property
    def _above(self) -> frozenset[str]:
        return self.given | {"volume"}

    @cached_property
    def _below(self) -> frozenset[str]:
        return frozenset({row["one"] for row in self.rows if row.get("divides")} | {*_OF_BODY})

    @cached_property
    def _by_name(self) -> Mapping[str, Unit]:
        return {name: unit for unit in self.all for name in (unit.one, unit.many)}

    @cached_property
    def _main(self) -> Mapping[Dimension, Unit]:
        return {unit.dimension: unit for unit in reversed(self.all) if unit.factor == 1}

    @cached_property
    def _main_by_base(self) -> Mapping[str, Unit]:
        bodies = ((unit.dimension, unit) for unit in _OF_BODY.values())
        found = [*self._main.items(), *bodies]
        return {measures[0][0]: unit for measures, unit in found if len(measures) == 1}

    def named(self, name: str) -> Unit | None:
        """Return the unit of that name, of the table or made of several; None for none."""
        if name not in self._known:
            self._known[name] = self._by_name.get(name) or self._composed(name)
        return self._known[name]

    def _composed(self, name: str) -> Unit | None:
        match = _COMPOSED.fullmatch(name)
        if not match:
            return None
        top = self._by_name.get(match["top"]) if match["top"] else _NOTHING
        strokes = match["strokes"].split("/")[1:]
        names = [*strokes, *([match["period"]] if match["period"] else [])]
        if top is None or not names or (top is _NOTHING and strokes):
            return None
        if not self._divides(top, match):
            return None
        below = [_OF_BODY.get(part) or self._by_name[part] for part in names]
        return _divided(top, below[: len(strokes)], below[len(strokes) :])

    def _divides(self, top: Unit, match: re.Match[str]) -> bool:
        """Whether a unit may be divided by the parts of a name: each once, a period by `per`."""
        strokes = match["strokes"].split("/")[1:]
        periods = [match["period"]] if match["period"] else []
        is_above = top is _NOTHING or bool({base for base, _ in top.dimension} & self._above)
        return (
            is_above
            and len({top.one, *strokes}) == 1 + len(strokes)
            and {*strokes, *periods} <= self._below
            and all(self._is_period(part) for part in periods)
            and not any(self._is_period(part) for part in strokes)
        )

    def _is_period(self, name: str) -> bool:
        known = self._by_name.get(name)
        return known is not None and known.dimension in _PERIODS

    def main(self, measures: Dimension) -> Unit | None:
        """Return the unit of size 1 of a dimension; None where no amount has that dimension."""
        if known := self._main.get(measures):
            return known
        above = [base for base, power in measures if power == 1]
        below = [base for base, power in measures if power == -1]
        if len(above) > 1 or len(above) + len(below) != len(measures):
            return None
        if not {*above} <= self._above:
            return None
        units = {base: self._main_by_base.get(base) for base in (*above, *below)}
        names = {base: main.one for base, main in units.items() if main}
        if len(names) < len(units):
            return None
        strokes = "".join(f"/{names[base]}" for base in below if not self._is_period(names[base]))
        periods = "".join(f" per {names[base]}" for base in below if self._is_period(names[base]))
        return self.named(f"{names[above[0]] if above else ''}{strokes}{periods}".strip())


def _name_of(top: str, below: str, period: str) -> str:
    """Return the name of a unit made of these parts, each of which may be nothing."""
    return f"{top}{below and '/'}{below}{period and ' per '}{period}".strip()


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


def _rows() -> Iterable[Row]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    rows: list[Row] = tomllib.loads(text)["unit"]
    return rows


BUILT_IN = Units(tuple(_rows()))
"""The units of the program."""

IN_USE: ContextVar[Units] = ContextVar("units", default=BUILT_IN)
"""The table of the site that is being read or made; `vocabulary.py` sets it."""


def units() -> Units:
    """Return the table of units of the site at hand, or that of the program."""
    return IN_USE.get()


def unit_named(name: str) -> Unit | None:
    """Return the unit of that name, from the table or made of several; None where there is none."""
    return IN_USE.get().named(name)


def unit_of_body(name: str) -> Unit | None:
    """Return the unit of a body that a dose by it is divided by: `kg`, `m2`; None for another."""
    return _OF_BODY.get(name)


def main_unit(measures: Dimension) -> Unit | None:
    """Return the unit of size 1 of a dimension; None where no amount here has that dimension."""
    return IN_USE.get().main(measures)
