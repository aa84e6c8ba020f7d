"""A figure of a text, and what the reader took it for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property, lru_cache

from sitegen.model.figures_in_prose.dates import YEAR
from sitegen.model.quantity import (
    Quantity,
    QuantityError,
    Range,
    is_decimal,
    quantity,
    write_number,
)
from sitegen.model.quantity import unit as unit_named
from sitegen.model.units import BUILT_IN, Dimension, Spelling, Unit, Units, units
from sitegen.model.units import unit_named as find_unit

OVER_A_TIME = "'over' before a time: more than it, or during it"


@dataclass(frozen=True)
class Figure:
    """A figure in prose, with what it was taken for.

    `unknown` says what was not understood; where it says anything, the figure proves nothing.
    `noun` is the word that the number counts where it is no unit known here. `signs` are those of
    both ends.
    """

    text: str
    start: int
    kind: str = "number"
    low: Fraction | None = None
    high: Fraction | None = None
    bound: str = ""
    unit: str = ""
    per: str = ""
    spread: Fraction | None = None
    noun: str = ""
    unknown: str = ""
    dates: frozenset[str] = frozenset()
    signs: tuple[str, str] = ("", "")

    @property
    def signed(self) -> tuple[Fraction, Fraction, str] | None:
        """Both ends with their signs, and the unit; None where more than a sign is not understood.

        A figure without a sign has its own numbers; one with a bound or a mean has none.
        """
        doubt = sign_doubt(self.signs[0]) if self.signs[0] in _SIGNS else ""
        if self.unknown not in ("", doubt) or self.bound or self.spread is not None:
            return None
        unit = _record_unit(self.unit, self.per) if self.unit else None
        if self.low is None or (self.unit and unit is None):
            return None
        low, high = self.low, self.low if self.high is None else self.high
        first, second = (-1 if sign == "-" else 1 for sign in self.signs)
        return first * low, second * high, unit.many if unit else ""

    @property
    def understood(self) -> bool:
        """Whether every part of the figure was understood."""
        return not self.unknown

    @property
    def is_about(self) -> bool:
        """Whether it is understood as what is not exact, or a mean: `about 4 mg`."""
        return self.understood and self.bound == "~"

    @property
    def end(self) -> int:
        """Where the text goes on after the figure."""
        return self.start + len(self.text)

    @property
    def numbers(self) -> tuple[Fraction | None, Fraction | None, str]:
        """What it says without its unit: both ends and the bound."""
        return self.low, self.high, self.bound

    @cached_property
    def meaning(self) -> tuple[object, ...]:
        """What two figures share that say the same."""
        return self.kind, *self.numbers, self.unit, self.per, self.spread, self.dates

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The figure as an exact amount; none where it is not one, or records have no such unit.

        Records count drops in each nostril, so that drops per nostril are drops too.
        """
        return () if self.kind in _NO_AMOUNTS else self._amounts

    @cached_property
    def ages(self) -> tuple[Quantity, ...]:
        """How old people are, where the figure says so; none where it says anything else.

        `over 60 years` may be an age above it or a time during it, so it is an age to a record
        that takes it for one, and no length.
        """
        if self.unknown == OVER_A_TIME and self.unit == "years" and self.low == self.high:
            return (Quantity(Range(self.low, None, strict=True), unit_named(self.unit)),)
        return self._amounts if self.kind == "age" else ()

    @cached_property
    def durations(self) -> tuple[Quantity, ...]:
        """How long something takes, where the figure is `over` a time; none where it is not."""
        if self.unknown != OVER_A_TIME:
            return ()
        return replace(self, unknown="", bound="")._amounts

    @cached_property
    def _amounts(self) -> tuple[Quantity, ...]:
        unit = _record_unit(self.unit, self.per)
        if not self.understood or unit is None or self.low is None or self.is_about:
            return ()
        numbers = _range(self.bound, self.low, self.low if self.high is None else self.high)
        by_site = (self.unit, self.per) == _COUNTED_BY_SITE
        units = (unit, unit_named(self.unit)) if by_site else (unit,)
        return tuple(Quantity(numbers, unit) for unit in units) if numbers else ()

    @cached_property
    def intervals(self) -> tuple[Quantity, ...]:
        """The time from one to the next that a frequency says; none where it is no frequency.

        `every 20 minutes` says 20 minutes, and so does `3 per hour`.
        """
        if not self.understood or self.kind != "frequency" or self.bound or not self.low:
            return ()
        number, _, name = self.per.rpartition(" ")
        try:
            period = quantity(f"{number or 1} {name}")
        except QuantityError:
            return ()
        high = self.low if self.high is None else self.high
        return (Quantity(period.range / Range(self.low, high), period.unit),)

    @property
    def wording(self) -> str:
        """What it was taken for, in words: `amount ≤ 4 mg per kg`, `amount 1 tablet`."""
        ends = [end for end in dict.fromkeys((self.low, self.high)) if end is not None]
        bounds = ("", "-<") if len(ends) > 1 and self.bound == "<" else (self.bound, "-")
        numbers = bounds[1].join(map(write_number, ends))
        unit = units().name_of_one.get(self.unit, "") if ends == [1] else self.unit
        per = f"per {self.per}" if self.per else ""
        return " ".join(filter(None, (self.kind, bounds[0], numbers, unit, per)))

    @property
    def proves(self) -> tuple[str, ...]:
        """What it proves in a record, in words: `4 mg/kg`, `the age 12-17 years`."""
        intervals = () if self.quantities else self.intervals
        return (
            *map(str, self.quantities),
            *([self._with_its_sign] if self.signs[0] in _SIGNS and self.signed else []),
            *(f"the age {age}" for age in self.ages),
            *(f"{time} as the time of one administration" for time in self.durations),
            *(f"{interval} as an interval" for interval in intervals),
            *sorted(self.dates if self.understood else ()),
        )

    @property
    def _with_its_sign(self) -> str:
        """The number or the interval with its signs, as an estimate has it: `-3.6 to -0.6`."""
        low, high, unit = self.signed or (Fraction(0), Fraction(0), "")
        ends = " to ".join(map(write_number, dict.fromkeys((low, high))))
        return f"{ends} {unit}".strip()

    def as_json(self) -> dict[str, object]:
        """Return the figure for programs: numbers as decimals in text, and nothing doubted."""
        known = self.understood
        low, high = (
            None if end is None or not known else _exact(end) for end in (self.low, self.high)
        )
        return {
            "text": self.text,
            "kind": self.kind if known else "unknown",
            "low": low,
            "high": high,
            "unit": (self.unit or None) if known else None,
            "bound": (self.bound or None) if known else None,
            "per": (self.per or None) if known else None,
            "dates": sorted(self.dates) if known else [],
            "understood": known,
            "not_understood": self.unknown or None,
        }


def sign_doubt(sign: str) -> str:
    """Return why a figure with a sign is no amount."""
    return f"the sign '{sign}'"


def _exact(number: Fraction) -> str:
    """Return a number as a decimal, or as a fraction where no decimal is exact."""
    return write_number(number) if is_decimal(number) else str(number)


def _range(bound: str, low: Fraction, high: Fraction) -> Range | None:
    """Return the numbers of a figure as a record has them; None for a bound of a range.

    Only `<` bounds a range, whose upper end it excludes: `6 to < 12`.
    """
    if not bound:
        return Range(low, high)
    if low != high:
        return Range(low, high, True) if bound == "<" else None
    strict = bound in "<>"
    return Range(low, None, strict) if bound in ">≥" else Range(None, high, strict)


def _record_unit(top: str, per: str) -> Unit | None:
    """The unit of records of a figure, by numerator and denominators; None where there is none.

    A number of times in a period is a frequency: `per day`.
    """
    return _unit_of_records(top, per, units())


@lru_cache(1 << 10)
def _unit_of_records(top: str, per: str, of: Units) -> Unit | None:
    parts = per.split("/") if per else []
    periods = [part for part in parts if of.kind_of.get(part) == "duration"]
    if len(periods) > 1 or (top == "times" and parts != periods):
        return None
    strokes = "".join(f"/{part}" for part in parts if part not in periods)
    period = "".join(f" per {part}" for part in periods)
    return of.named(f"{'' if top == 'times' and per else top}{strokes}{period}".strip())


_SIGNS = ("+", "-")  # those of a number; ± says how far values spread
_NO_AMOUNTS = ("age", "ordinal")  # the third day is no length of three days
_COUNTED_BY_SITE = ("drops", "nostril")

UNIT_NAMED = {row.many: row for row in BUILT_IN.spellings}
"""The units of the program that the reader itself speaks of, by their names for several."""


def is_presentation(row: Spelling) -> bool:
    """Return whether a unit counts whole things that hold a drug, such as tablets or sprays."""
    return find_unit(row.many) in units().presentations


def _length(period: str) -> Fraction | None:
    """Return the length of a period such as `day` or `4-6 hours`, in the main unit of time.

    That of a range is its longest. None for what is no time.
    """
    *number, name = period.split()
    unit = find_unit(name)
    if unit is None or units().kind_of.get(name) != "duration":
        return None
    return unit.factor * Fraction(number[0].rpartition("-")[2] if number else 1)


@dataclass
class Draft:
    """A figure while it is being read.

    `run` are its digits as printed, and `factor` is what they are multiplied by: a million.
    """

    start: int
    end: int
    low: Fraction | None = None
    high: Fraction | None = None
    run: str = ""
    factor: Fraction = Fraction(1)
    row: Spelling | None = None
    per: list[str] = field(default_factory=list)
    bound: str = ""
    kind: str = ""
    noun: str = ""
    spread: Fraction | None = None  # what stands behind ±
    divides: bool = False  # a bare period, which divides what stands before it
    dates: frozenset[str] = frozenset()
    signs: tuple[str, str] = ("", "")  # of both ends
    unknown: list[str] = field(default_factory=list)

    @property
    def is_time(self) -> bool:
        """Whether its unit is one of time."""
        return self.row is not None and self.row.kind == "duration"

    @property
    def has_period(self) -> bool:
        """Whether it is divided by a time: `5 mg a day`."""
        return any(units().kind_of.get(part.split()[-1]) == "duration" for part in self.per)

    @property
    def period(self) -> Fraction | None:
        """The longest time that it is divided by, in the main unit of time; None without one."""
        return max((length for part in self.per if (length := _length(part))), default=None)

    @property
    def size_of_unit(self) -> Fraction:
        """How much one of its unit is, in the main unit of its dimension; 0 for no unit."""
        unit = find_unit(self.unit)
        return unit.factor if unit else Fraction(0)

    @property
    def is_bare(self) -> bool:
        """Whether it is a number and nothing else."""
        return self.row is None and not self.noun and not self.kind

    @property
    def is_range(self) -> bool:
        """Whether it has two ends."""
        return self.low != self.high

    @property
    def is_whole(self) -> bool:
        """Whether its ends are whole numbers, as far as they are known."""
        return all(end is None or end.denominator == 1 for end in (self.low, self.high))

    @property
    def counts_heads(self) -> bool:
        """Whether it is a number of people or animals."""
        return self.row is not None and self.row.kind in ("people", "animals")

    @property
    def unit(self) -> str:
        """Its unit; a count with a period is so many times in it, whatever is given."""
        if self.row is None:
            return ""
        return "times" if self.row.kind == "count" and self.per else self.row.many

    @property
    def dimension(self) -> Dimension | tuple[str, str]:
        """What its unit measures; a unit that records do not have measures itself."""
        names = self.unit, "/".join(self.per)
        unit = _record_unit(*names)
        return unit.dimension if unit else names

    @property
    def size(self) -> tuple[object, ...]:
        """How much it is, whatever words and unit it is written in: 0.5 mg are 500 micrograms."""
        unit = _record_unit(self.unit, "/".join(self.per))
        if unit is None or self.low is None or self.high is None:
            return self.low, self.high, self.bound, self.unit, *self.per
        return self.low * unit.factor, self.high * unit.factor, self.bound, unit.dimension

    def doubt(self, what: str, end: int | None = None) -> None:
        """Note what is not understood; with an end, the figure reaches so far."""
        self.unknown.append(what)
        self.end = self.end if end is None else end

    def end_with_sign(self, place: int) -> Fraction | None:
        """Return the lower or the upper end with its sign."""
        end = (self.low, self.high)[place]
        return -end if end is not None and self.signs[place] == "-" else end

    def set_bound(self, sign: str) -> None:
        """Set the bound; a second one, or one of a range, is not understood."""
        if self.bound:
            self.doubt("two bounds")
        if sign != "~" and self.is_range:
            self.doubt("a bound of a range")
        self.bound = sign

    def convert(self, row: Spelling) -> bool:
        """Give the amount in another unit of its dimension, and return whether that is possible."""
        old, new = find_unit(self.unit), find_unit(row.many)
        if not old or not new or old.dimension != new.dimension or self.per:
            return False
        if self.low is not None:
            self.low = self.low * old.factor / new.factor
        self.row = row
        return True

    def figure(self, text: str) -> Figure:
        """Return the figure as it was read."""
        kind = self.kind or (self.row.kind if self.row else "number")
        if kind == "count" and self.per:
            kind = "frequency"
        return Figure(
            text=text[self.start : self.end],
            start=self.start,
            kind=kind,
            low=self.low,
            high=self.high,
            bound=self.bound,
            unit=self.unit,
            per="/".join(self.per),
            spread=self.spread,
            noun=self.noun,
            unknown="; ".join(dict.fromkeys(self.unknown)),
            dates=self.dates or self._years(text),
            signs=self.signs,
        )

    def _years(self, text: str) -> frozenset[str]:
        """Return the year that a bare number may be, or the two of a bare range."""
        if not self.is_bare or self.bound or self.unknown:
            return frozenset()
        years = text[self.start : self.end].split("-")
        return frozenset(years if all(map(YEAR.fullmatch, years)) else [])
