"""The closed list of units: their names, codes, dimensions and exact sizes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

Dimension: TypeAlias = tuple[tuple[str, int], ...]


def dimension(**powers: int) -> Dimension:
    """Return the dimension with these powers of its bases, e.g. mass=1, volume=-1."""
    return tuple(sorted((base, power) for base, power in powers.items() if power))


@dataclass(frozen=True)
class Unit:
    """A unit: how it is written, its UCUM code (or none), what it measures, and its size.

    The factor is the size in the dimension's first unit of the table below.
    Codes: UCUM, as listed in the eHDSI terminology package; a drop has none, because its UCUM
    size changed from 1/12 mL to 1/20 mL.
    """

    one: str
    many: str
    ucum: str | None
    dimension: Dimension
    factor: Fraction = Fraction(1)

    def __str__(self) -> str:
        """Return the unit's name for several, which no other unit has."""
        return self.many


_MASS = dimension(mass=1)
_VOLUME = dimension(volume=1)
_TIME = dimension(time=1)
_CONCENTRATION = dimension(mass=1, volume=-1)
_MASS_RATE = dimension(mass=1, time=-1)
_FREQUENCY = dimension(time=-1)
_BY_BODY_MASS = dimension(mass=1, body=-1)  # a dose by body mass is no plain ratio of masses

UNITS = (
    Unit("mg", "mg", "mg", _MASS),
    Unit("microgram", "micrograms", "ug", _MASS, Fraction(1, 1000)),
    Unit("g", "g", "g", _MASS, Fraction(1000)),
    Unit("mL", "mL", "mL", _VOLUME),
    Unit("day", "days", "d", _TIME),
    Unit("week", "weeks", "wk", _TIME, Fraction(7)),
    Unit("hour", "hours", "h", _TIME, Fraction(1, 24)),
    Unit("minute", "minutes", "min", _TIME, Fraction(1, 24 * 60)),
    Unit("mg/mL", "mg/mL", "mg/mL", _CONCENTRATION),
    Unit("microgram/mL", "micrograms/mL", "ug/mL", _CONCENTRATION, Fraction(1, 1000)),
    Unit("mg per day", "mg per day", "mg/d", _MASS_RATE),
    Unit("microgram per day", "micrograms per day", "ug/d", _MASS_RATE, Fraction(1, 1000)),
    Unit("mL per day", "mL per day", "mL/d", dimension(volume=1, time=-1)),
    Unit("per day", "per day", "/d", _FREQUENCY),
    Unit("per week", "per week", "/wk", _FREQUENCY, Fraction(1, 7)),
    Unit("drop", "drops", None, dimension(drop=1)),
    Unit("bottle", "bottles", None, dimension(bottle=1)),
    Unit("nostril", "nostrils", None, dimension(nostril=1)),
    Unit("eye", "eyes", None, dimension(eye=1)),
    Unit("ear", "ears", None, dimension(ear=1)),
    Unit("mL/drop", "mL/drop", None, dimension(volume=1, drop=-1)),
    Unit("mL/bottle", "mL/bottle", None, dimension(volume=1, bottle=-1)),
    Unit("mL/nostril", "mL/nostril", None, dimension(volume=1, nostril=-1)),
    Unit("drop/nostril", "drops/nostril", None, dimension(drop=1, nostril=-1)),
    Unit("mg/bottle", "mg/bottle", None, dimension(mass=1, bottle=-1)),
    Unit("mg/drop", "mg/drop", None, dimension(mass=1, drop=-1)),
    Unit("person", "people", None, dimension(person=1)),
    Unit("animal", "animals", None, dimension(animal=1)),
    Unit("time", "times", None, dimension()),
    Unit("course", "courses", None, dimension(course=1)),
    Unit("%", "%", "%", dimension(share=1)),
    Unit("mg/kg", "mg/kg", "mg/kg", _BY_BODY_MASS),
    Unit("microgram/kg", "micrograms/kg", "ug/kg", _BY_BODY_MASS, Fraction(1, 1000)),
    Unit("nmol/kg", "nmol/kg", "nmol/kg", dimension(substance=1, body=-1)),
    Unit("g/mol", "g/mol", "g/mol", dimension(molar=1)),
)
