"""The rules that judge checks: one function each, its docstring the question it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sitegen.derive import verdict_inputs as taken
from sitegen.derive.completeness import Count, Row, count_by_item
from sitegen.derive.phases import gives_the_drug
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import courses_of
from sitegen.derive.total import Computed
from sitegen.derive.verdict import Fact, Finding, Input, Verdict, found
from sitegen.model import Product, Regimen, When
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity, QuantityError, Range, quantity, unit


def _quantities(inputs: tuple[Input, ...]) -> list[Quantity]:
    amounts = [value.value for value in inputs if isinstance(value.value, Quantity)]
    if len(amounts) != len(inputs):
        raise QuantityError("every value that this rule compares must be an amount")
    return amounts


def _limit(value: Quantity) -> Quantity:
    """Return the one number that an amount states: itself, or its bound."""
    end = value.range.high if value.range.high is not None else value.range.low
    return Quantity(Range(end, end), value.unit)


def _ratio(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """Longer ÷ shorter is the stated number of times."""
    given, limit = _quantities(inputs)[:2]
    longer, shorter, stated = (_limit(value) for value in _quantities(inputs))
    ratio = longer / shorter
    needed = (longer / stated).to(shorter.unit)
    if ratio.range == stated.range:
        finding = Finding.RATIO_HOLDS
    elif not limit.range.is_one and _at_most(needed, shorter):
        finding = Finding.RATIO_HOLDS_IF
    else:
        finding = Finding.RATIO_DIFFERS
    return found(
        finding,
        longer=longer,
        shorter=shorter,
        ratio=ratio,
        stated=stated,
        needed=_bounded(needed, given),
    )


def _bounded(needed: Quantity, given: Quantity) -> Quantity:
    """Return what an amount must be: only a bound where the one it follows from is only a bound."""
    end = needed.range.low
    if given.range.is_one:
        return needed
    is_above = given.range.high is not None
    return Quantity(Range(None, end) if is_above else Range(end, None), needed.unit)


def _at_most(value: Quantity, limit: Quantity) -> bool:
    high, most = value.to(limit.unit).range.high, limit.range.high
    return high is not None and most is not None and high <= most


def _sold_strength(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """Mass ÷ volume is a strength that a source describes."""
    mass, volume = _quantities(inputs)
    implied = mass / volume
    facts: dict[str, Fact] = {"mass": mass, "volume": volume, "implied": implied}
    products = list(relations.site.products.values())
    same = tuple(one.name for one in products if one.strength.value == implied)
    if same:
        return found(Finding.STRENGTH_FOUND, **facts, names=same)
    if rounded := next((one for one in products if _rounds_to(mass, one, volume)), None):
        strength = rounded.strength.value
        return found(Finding.STRENGTH_ROUNDS, **facts, name=rounded.name, strength=strength)
    if not products:
        return found(Finding.NO_PRODUCT, **facts)
    known = (None, Absence.NOT_APPLICABLE)
    if unknown := tuple(one.name for one in products if one.strength.absence not in known):
        return found(Finding.STRENGTH_UNKNOWN, **facts, names=unknown)
    return found(Finding.STRENGTH_NOT_FOUND, **facts)


def _rounds_to(mass: Quantity, product: Product, volume: Quantity) -> bool:
    """Return whether mass ÷ strength, rounded to the decimals of a volume, is that volume.

    A volume of one digit says too little of what it was rounded from.
    """
    printed, strength = volume.range.low, product.strength.value
    if not isinstance(strength, Quantity):
        return False
    if printed is None or not (mass.range.is_one and volume.range.is_one):
        return False
    try:
        exact = (mass / strength).to(volume.unit).range
    except QuantityError:
        return False
    decimals = next((n for n in range(6) if (printed * 10**n).denominator == 1), None)
    if exact.low is None or not exact.is_one or decimals is None:
        return False
    return printed * 10**decimals >= 10 and round(exact.low, decimals) == printed


def _dose_in_a_container(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """A dose at a strength is no more than a container."""
    dose, strength, container = _quantities(inputs)
    volume = dose / strength
    finding = Finding.DOSE_FITS if _at_most(volume, container) else Finding.DOSE_FITS_IF
    return found(
        finding,
        dose=dose,
        strength=strength,
        container=container,
        volume=volume,
        needed=dose / container,
    )


def _containers_for_a_course(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """A course at a strength needs a number of containers, which the source does not state."""
    regimen = inputs[0].record
    _, strength, container = _quantities(inputs)
    ways = courses_of(relations.site, regimen) if isinstance(regimen, Regimen) else ()
    if len(ways) != 1 or not isinstance(ways[0].total, Computed):
        return found(Finding.COURSE_OPEN)
    total = ways[0].total.amount
    bottles = total / strength / (container / quantity("1 bottle"))
    return found(
        Finding.CONTAINERS_NOT_COUNTED,
        total=total,
        strength=strength,
        container=container,
        bottles=bottles,
    )


def _length_within(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """The length of a treatment lies within the length of a regimen."""
    studied, frame = _quantities(inputs)
    facts: dict[str, Fact] = {"studied": studied, "frame": frame}
    if _is_open(studied) != _is_open(frame):
        return found(Finding.LENGTH_CALENDAR, **facts)
    inner = studied.to(frame.unit).range
    if _reaches_outside(frame.range, inner):
        return found(Finding.LENGTH_OUTSIDE, **facts)
    if needed := _needed_within(frame, inner):
        return found(Finding.LENGTH_WITHIN_IF, **facts, needed=needed)
    return found(Finding.LENGTH_WITHIN, **facts)


def _reaches_outside(frame: Range, inner: Range) -> bool:
    """Return whether a stated end of a length is past an end of the frame; an open end is none."""
    ends = [end for end in (inner.low, inner.high) if end is not None]
    return any(
        (frame.low is not None and end < frame.low) or (frame.high is not None and end > frame.high)
        for end in ends
    )


def _needed_within(frame: Quantity, inner: Range) -> tuple[Quantity, ...]:
    """Return the bounds that a length with an open end needs to lie within; none where it does."""
    bounds = []
    if inner.low is None and frame.range.low is not None:
        bounds.append(Range(frame.range.low, None))
    if inner.high is None and frame.range.high is not None:
        bounds.append(Range(None, frame.range.high))
    return tuple(Quantity(bound, frame.unit) for bound in bounds)


def _same_route(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """The route studied is the route dosed."""
    studied, dosed = (str(value.value) for value in inputs)
    finding = Finding.ROUTE_SAME if studied == dosed else Finding.ROUTE_OTHER
    return found(finding, studied=studied, dosed=dosed)


def _share_of_a_number(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """A share has a number of people behind it."""
    for value, name in zip(inputs, ("share", "number of participants"), strict=True):
        if isinstance(value.value, Absence):
            return found(Finding.SHARE_OPEN, name=name, word=value.value)
    return found(Finding.SHARE_BACKED)


def _nothing_observed(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """A claim that nothing was seen says how it was looked for."""
    harms, facts = _reports(relations, inputs, "harms")
    if harms.unread:
        return found(Finding.HARMS_UNREAD)
    if not harms.applicable:
        return found(Finding.HARMS_NO_REPORT)
    if harms.reported:
        return found(Finding.HARMS_LOOKED_FOR, **facts)
    return found(Finding.HARMS_UNCLEAR if harms.unclear else Finding.HARMS_NOT_SAID, **facts)


def _doses_of_the_studies(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """Doses said to come from studies can be found in them."""
    dose, facts = _reports(relations, inputs, "dose")
    if dose.unread:
        return found(Finding.DOSES_UNREAD)
    if not dose.applicable:
        return found(Finding.DOSES_NO_REPORT)
    if dose.reported == dose.applicable:
        return found(Finding.DOSES_IN_ALL, **facts)
    return found(Finding.DOSES_IN_SOME if dose.reported else Finding.DOSES_IN_NONE, **facts)


def _reports(
    relations: Relations, inputs: tuple[Input, ...], field: str
) -> tuple[Count, dict[str, Fact]]:
    """Return how many reports of the sources judged have an item, and that as facts."""
    counted = _row(relations, inputs, field).count
    ids = dict.fromkeys(locator.source for value in inputs for locator in value.at)
    titles = tuple(relations.site.sources[id].title for id in ids)
    return counted, {
        "reported": counted.reported,
        "reports": counted.applicable,
        "titles": titles,
    }


def _row(relations: Relations, inputs: tuple[Input, ...], field: str) -> Row:
    """Return one item counted over the reports of the source whose claim is judged."""
    sources = {locator.source for value in inputs for locator in value.at}
    studies = [
        study
        for study in relations.studies
        if sources & {source.id for source in relations.sources_of(study)}
    ]
    return next(row for row in count_by_item(studies) if row.item.field == field)


def _is_open(length: Quantity) -> bool:
    """Return whether a length is in months or years, which are no fixed number of days."""
    return length.unit.dimension != unit("day").dimension


def _length_of_use(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """Long use is longer than the longest length that is reported."""
    of_the_drug = list(filter(gives_the_drug, relations.regimens))
    given: list[object] = [regimen.length.value for regimen in of_the_drug]
    given += [length for regimen in of_the_drug for length in regimen.lengths]
    given += [study.length.value for study in relations.studies]
    lengths = [length for length in given if isinstance(length, Quantity)]
    in_days = [length.to(unit("day")) for length in lengths if not _is_open(length)]
    longest = max(in_days, key=lambda length: _limit(length).range.low or 0, default=None)
    left_out = int(any(map(_is_open, lengths)))
    if longest is None:
        return found(Finding.NO_LENGTH_RECORDED, left_out=left_out)
    return found(Finding.LENGTH_OF_USE_OPEN, longest=_limit(longest), left_out=left_out)


def _year_and_order_in_a_number(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """A certificate's number begins with the year and the number of its order."""
    when, order, certificate = (value.value for value in inputs)
    year = f"{when.first_year % 100:02}" if isinstance(when, When) else "–"
    number = str(order).rpartition(" ")[2]
    parts = str(certificate).rpartition(" ")[2].split("/")
    finding = Finding.NUMBER_HOLDS if parts[:2] == [year, number] else Finding.NUMBER_DIFFERS
    rest = "/".join(parts[2:])
    return found(finding, year=year, order=number, number="/".join(parts), rest=rest)


@dataclass(frozen=True)
class Rule:
    """How to judge a check, what values it takes, and whether it judges absent ones too."""

    judge: Callable[[Relations, tuple[Input, ...]], Verdict]
    takes: tuple[taken.Taken, ...]
    takes_absence: bool = False


_DOSE = (taken.DOSE, taken.STRENGTH, taken.CONTAINER)
_LENGTHS = (taken.LENGTH_STUDIED, taken.LENGTH_DOSED)
_ROUTES = (taken.ROUTE_STUDIED, taken.ROUTE_DOSED)

RULES: Mapping[str, Rule] = {
    "ratio": Rule(_ratio, (taken.LONGER, taken.SHORTER, taken.NUMBER_OF_TIMES)),
    "sold strength": Rule(_sold_strength, (taken.MASS, taken.VOLUME)),
    "dose in a container": Rule(_dose_in_a_container, _DOSE),
    "containers for a course": Rule(_containers_for_a_course, _DOSE),
    "length within": Rule(_length_within, _LENGTHS),
    "same route": Rule(_same_route, _ROUTES),
    "share of a number": Rule(_share_of_a_number, (taken.SHARE, taken.PEOPLE), True),
    "nothing observed": Rule(_nothing_observed, (taken.DENIAL,), True),
    "doses of the studies": Rule(_doses_of_the_studies, (taken.CLAIM_ON_DOSES,)),
    "length of use": Rule(_length_of_use, (taken.CLAIM_ON_USE,), True),
    "year and order in a number": Rule(
        _year_and_order_in_a_number, (taken.DATE, taken.ORDER, taken.OTHER_NUMBER)
    ),
}
