"""One regimen as one FHIR R5 Dosage: what a source states, nothing chosen, nothing computed.

FHIR reads two Dosages as concurrent or sequential, never as alternatives, and a dose without a
type as ordered (R5 `Dosage.sequence`, `Dosage.doseAndRate.type`). So a regimen is one Dosage, its
dose says that it is reported, and what an unclear word may mean is not coded.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sitegen.derive.dose_sites import pair_of
from sitegen.derive.frequency import on_days, target
from sitegen.derive.weeks import weeks_in_words
from sitegen.export.fhir_extensions import of_a_time
from sitegen.export.files import Json, number, spaced
from sitegen.model import Regimen, Site, typography
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity, Range, quantity, unit
from sitegen.model.regimen import When
from sitegen.model.units import Unit
from sitegen.statements.bodies import bodies_line
from sitegen.statements.dosing import uncoded_lines
from sitegen.statements.missed import missed_lines
from sitegen.statements.regimens import regimen_line

UCUM = "http://unitsofmeasure.org"
REPORTED = {"text": "reported by the source"}
_PERIODS = {"per hour": "h", "per day": "d", "per week": "wk", "per month": "mo", "per year": "a"}
_WHEN: dict[When, str] = {
    "morning": "MORN",
    "noon": "NOON",
    "evening": "EVE",
    "bedtime": "HS",
    "on waking": "WAKE",
    "before breakfast": "ACM",
    "before meals": "AC",
    "with meals": "C",
}
"""Codes of https://hl7.org/fhir/R5/valueset-event-timing.html; other times are in the text."""

_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_REASONS = {
    Absence.NOT_REPORTED: "unknown",
    Absence.UNCLEAR: "as-text",
    Absence.NONE_OBSERVED: "unknown",
    Absence.NOT_APPLICABLE: "not-applicable",
    Absence.NOT_EXTRACTED: "not-asked",
}
"""Codes of http://terminology.hl7.org/CodeSystem/data-absent-reason.

A value that a source omits is unknown. An unclear value is described in the text of the Dosage. A
value that was not looked for was not asked.
"""


def absent(word: Absence) -> Json:
    """Return the content of an element without a value: why it is absent."""
    return {"extension": [{"url": _ABSENT, "valueCode": _REASONS[word]}]}


def dosage(site: Site, regimen: Regimen, route: Json | None, base: str) -> Json:
    """Return a regimen as a Dosage; `base` begins addresses of extensions, `route` is its code."""
    dose = {} if pair_of(regimen) else _dose(regimen) or {}
    rate = _rate(regimen)
    timing = _timing(regimen)
    built = {
        "extension": list(_extensions(site, regimen, base)),
        "text": spaced(regimen_line(regimen)),
        "timing": {"repeat": timing} if timing else None,
        **_as_needed(regimen),
        "route": route,
        "site": _site(regimen),
        "doseAndRate": [{"type": REPORTED, **dose, **rate}] if dose or rate else None,
        **_limits(regimen),
    }
    return {name: value for name, value in built.items() if value}


def _site(regimen: Regimen) -> Json | None:
    """Return where each dose goes, in the words of the record."""
    site = regimen.site
    return None if site is None or site.absence else {"text": spaced(str(site.value))}


def extension(base: str, name: str, says: str) -> Json:
    """Return an extension that holds a text."""
    return {"url": f"{base}{name}", "valueString": spaced(says)}


def _dose(regimen: Regimen) -> Json | None:
    """Return `doseQuantity` for one amount or a word of absence, `doseRange` for a range.

    None for what FHIR cannot say, and where no amount applies, such as for drops.
    """
    value = regimen.each.value
    if value is Absence.NOT_APPLICABLE:
        return None
    if isinstance(value, Absence):
        return {"doseQuantity": absent(value)}
    if value.range.strict:
        return None
    if value.range.is_one:
        return {"doseQuantity": _quantity(value.range.low, value.unit)}
    return {"doseRange": _range(value.range, value.unit)}


def _rate(regimen: Regimen) -> Json:
    """Return how fast a dose is given: `rateQuantity` for one number, `rateRange` for a range."""
    rate = regimen.rate.value if regimen.rate else None
    if not isinstance(rate, Quantity) or rate.range.strict:
        return {}
    if rate.range.is_one:
        return {"rateQuantity": _quantity(rate.range.low, rate.unit)}
    return {"rateRange": _range(rate.range, rate.unit)}


def _as_needed(regimen: Regimen) -> Json:
    """Return that a dose is given as needed, and for what where the source says it."""
    if regimen.as_needed is None:
        return {}
    if regimen.as_needed == "as needed":
        return {"asNeeded": True}
    return {"asNeededFor": [{"text": spaced(regimen.as_needed)}]}


def _limits(regimen: Regimen) -> Json:
    """Return the limits: in one administration, and in a period as amount over time."""
    values = [most.value for most in regimen.max if most.value.range.high is not None]
    periods = [value for value in values if " per " in value.unit.one]
    single = [value for value in values if "per " not in value.unit.one]
    found: Json = {"maxDosePerPeriod": [_ratio(value) for value in periods]}
    if single:
        found["maxDosePerAdministration"] = _quantity(single[0].range.high, single[0].unit)
    return found


def _ratio(value: Quantity) -> Json:
    """Return an amount in a period as a Ratio: `4 g` over `1 d`."""
    top, _, period = value.unit.one.rpartition(" per ")
    return {
        "numerator": _quantity(value.range.high, unit(top)),
        "denominator": _quantity(Fraction(1), unit(period)),
    }


def _timing(regimen: Regimen) -> Json:
    """Return bounds, frequency, times of the day and how long a dose takes."""
    when = [_WHEN[time] for time in regimen.when if time in _WHEN]
    return {
        **_often(regimen),
        **({"when": when} if when else {}),
        **_taken(regimen),
    }


def _taken(regimen: Regimen) -> Json:
    """Return how long one administration takes."""
    over = regimen.over.value if regimen.over else None
    if not isinstance(over, Quantity) or over.range.low is None or over.range.high is None:
        return {}
    most = {} if over.range.is_one else {"durationMax": number(over.range.high)}
    return {"duration": number(over.range.low), **most, "durationUnit": over.unit.ucum}


def _often(regimen: Regimen) -> Json:
    """Return the bounds and the frequency."""
    times, interval = regimen.times.value, regimen.interval
    if isinstance(times, Absence) and interval:
        return {**_bounds(regimen), **_period(interval.value)}
    return {**_bounds(regimen), **_frequency(times)}


def _period(interval: Quantity | Absence) -> Json:
    """Return the timing of one dose at each interval: `period`, `periodMax`, unit of the source."""
    if isinstance(interval, Absence) or interval.range.low is None or interval.range.high is None:
        return {}
    low, high = interval.range.low, interval.range.high
    most = {"periodMax": number(high)} if high != low else {}
    return {"frequency": 1, "period": number(low), **most, "periodUnit": interval.unit.ucum}


def _bounds(regimen: Regimen) -> Json:
    """Return how long doses are given; of several courses or a first part no bounds are coded.

    `repeat.bounds` would say that the doses end there.
    """
    length = regimen.length.value
    if isinstance(length, Absence):
        return {"boundsDuration": absent(length)}
    if regimen.courses or regimen.phase or length.range.strict:
        return {}
    if length.range.is_one:
        return {"boundsDuration": _quantity(length.range.low, length.unit)}
    return {"boundsRange": _range(length.range, length.unit)}


def _frequency(times: Quantity | Absence) -> Json:
    """Return how often: FHIR counts in whole positive numbers, each day, each week or in all."""
    if isinstance(times, Absence):
        return {"_frequency": absent(times)}
    low, high = times.range.low, times.range.high
    if low is None or high is None or low.denominator * high.denominator != 1:
        return {}
    if times.unit.one == "time":
        return {"count": int(low), **({"countMax": int(high)} if high != low else {})}
    most = {"frequencyMax": int(high)} if high != low else {}
    return {"frequency": int(low), **most, "period": 1, "periodUnit": _PERIODS[times.unit.one]}


def _extensions(site: Site, regimen: Regimen, base: str) -> Iterator[Json]:
    stated = {
        "daily-total": _of_a_period(regimen.daily.value, "day"),
        "weekly-total": _of_a_period(regimen.weekly.value, "week") if regimen.weekly else None,
        "stated-volume": regimen.volume.value,
        "stated-strength": regimen.strength.value,
        "stated-drops": regimen.drops.value if regimen.drops else None,
        "dose-at-each-site": regimen.each.value if pair_of(regimen) else None,
        "time-from-meal": regimen.offset.value if regimen.offset else None,
        "time-between-doses": regimen.interval.value if regimen.interval else None,
        "repeat-after": regimen.repeat.value if regimen.repeat else None,
        "repeats": regimen.repeats.value if regimen.repeats else None,
        "courses": regimen.courses.count.value if regimen.courses else None,
        "time-between-courses": regimen.courses.gap.value if regimen.courses else None,
        "cycle": _of_courses(regimen, "cycle"),
        "course-repeated": _of_courses(regimen, "repeated"),
        "dose-step": regimen.step.by.value if regimen.step else None,
        "length-of-a-part": regimen.length.value if regimen.courses or regimen.phase else None,
    }
    for name, value in stated.items():
        if isinstance(value, Quantity):
            yield _stated(f"{base}{name}", value, _counted(site, value.unit))
    yield from _said(site, regimen, base)


def _of_courses(regimen: Regimen, field: str) -> Quantity | Absence | None:
    """Return what the source states of the courses in one of the fields that it may leave out."""
    stated = getattr(regimen.courses, field) if regimen.courses else None
    return stated.value if stated else None


def _said(site: Site, regimen: Regimen, base: str) -> Iterator[Json]:
    """Yield what FHIR has no element for: limits by number, unequal doses, ends, ambiguities."""
    if regimen.product:
        yield extension(base, "presentation", site.products[regimen.product].name)
    for most in regimen.max:
        if most.value.unit.one.startswith("per "):
            yield _stated(f"{base}max-doses", most.value, {})
    yield from _unequal(site, regimen, base)
    words = {
        "target": target(regimen),
        "worked-out-for": bodies_line(regimen),
        "event": regimen.event,
        "days": on_days(regimen),
        "weeks": weeks_in_words(regimen),
        "given": regimen.given,
        "until": regimen.until,
    }
    yield from (extension(base, name, says) for name, says in words.items() if says)
    yield from (extension(base, "missed-dose", line) for line in missed_lines(regimen))
    yield from (extension(base, "ambiguous", says) for says in uncoded_lines(regimen))


def _unequal(site: Site, regimen: Regimen, base: str) -> Iterator[Json]:
    """Yield the unequal doses of a day, each under its time of the day."""
    for part in regimen.parts_of_day:
        if isinstance(part.each.value, Quantity):
            yield _stated(f"{base}{of_a_time('dose', part.when)}", part.each.value, {})
        if part.share:
            yield extension(base, of_a_time("share", part.when), part.share)
        if part.product:
            yield extension(
                base, of_a_time("presentation", part.when), site.products[part.product].name
            )


def _of_a_period(stated: Quantity | Absence, period: str) -> Quantity | None:
    """Return the amount in one day or week, in the unit that the source uses."""
    if isinstance(stated, Absence):
        return None
    mass = stated * quantity(f"1 {period}")
    return mass.to(unit(stated.unit.one.removesuffix(f" per {period}")))


def _counted(site: Site, counted: Unit) -> Json:
    """Return the code of a counted unit such as a drop: the code whose words are its name."""
    for coding in site.codes.values():
        for code in coding.codes:
            if counted.ucum is None and code.display.lower() == counted.one:
                return {"system": code.system, "code": code.code}
    return {}


def _stated(url: str, value: Quantity, code: Json) -> Json:
    if value.range.is_one and value.range.low is not None:
        return {"url": url, "valueQuantity": {**_quantity(value.range.low, value.unit), **code}}
    if value.range.strict:
        return {"url": url, "valueString": spaced(typography.amount(value))}
    ends = _range(value.range, value.unit)
    return {"url": url, "valueRange": {name: {**end, **code} for name, end in ends.items()}}


def measured(value: Quantity) -> Json:
    """Return a value of a person: a Quantity or a Range; in words where FHIR has no such bound."""
    if value.range.is_one:
        return {"valueQuantity": _quantity(value.range.low, value.unit)}
    if value.range.strict:
        return {"valueCodeableConcept": {"text": spaced(typography.amount(value))}}
    return {"valueRange": _range(value.range, value.unit)}


def _range(numbers: Range, of: Unit) -> Json:
    ends = {"low": numbers.low, "high": numbers.high}
    return {name: _quantity(end, of) for name, end in ends.items() if end is not None}


def _quantity(value: Fraction | None, of: Unit) -> Json:
    """Return a Quantity; a drop has no UCUM code, since its size there changed."""
    name = of.one if value == 1 else of.many
    return {"value": number(value or Fraction(0)), "unit": name, **coded(of)}


def coded(of: Unit | None) -> Json:
    """Return the code of UCUM of a unit, where it has one."""
    return {"system": UCUM, "code": of.ucum} if of and of.ucum else {}
