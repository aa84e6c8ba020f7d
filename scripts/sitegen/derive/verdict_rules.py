"""The rules that judge checks: one function each, its docstring the question it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sitegen.derive.completeness import Row, count_by_item
from sitegen.derive.phases import gives_the_drug
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import courses_of
from sitegen.derive.total import Computed
from sitegen.derive.verdict import Input, Kind, Verdict
from sitegen.model import Regimen, When
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity, QuantityError, Range, quantity, unit
from sitegen.model.typography import amount


def _quantities(inputs: tuple[Input, ...]) -> list[Quantity]:
    found = [value.value for value in inputs if isinstance(value.value, Quantity)]
    if len(found) != len(inputs):
        raise QuantityError("every value that this rule compares must be an amount")
    return found


def _limit(value: Quantity) -> Quantity:
    """Return the one number that an amount states: itself, or its bound."""
    end = value.range.high if value.range.high is not None else value.range.low
    return Quantity(Range(end, end), value.unit)


def _ratio(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """Longer ÷ shorter is the stated number of times."""
    longer, shorter, stated = (_limit(value) for value in _quantities(inputs))
    ratio = longer / shorter
    formula = f"{amount(longer)} ÷ {amount(shorter)}"
    result = f"{amount(ratio)}, stated {amount(stated)}"
    if ratio.range == stated.range:
        return Verdict(Kind.CONSISTENT, formula, result, "the ratio is the one stated")
    needed = (longer / stated).to(shorter.unit)
    given, limit = _quantities(inputs)[:2]
    needs = f"{_bound(given)}{amount(needed)}"
    because = f"the shorter lasts {needs} ({amount(longer)} ÷ {amount(stated)})"
    if not limit.range.is_one and _at_most(needed, shorter):
        return Verdict(Kind.ONLY_IF, formula, result, because)
    return Verdict(Kind.INCONSISTENT, formula, result, f"it would hold if {because}")


def _bound(value: Quantity) -> str:
    """Return `at most ` or `at least ` where the one number of an amount is only its bound."""
    if value.range.is_one:
        return ""
    return "at most " if value.range.high is not None else "at least "


def _at_most(value: Quantity, limit: Quantity) -> bool:
    high, most = value.to(limit.unit).range.high, limit.range.high
    return high is not None and most is not None and high <= most


def _sold_strength(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """Mass ÷ volume is a strength that a source describes."""
    mass, volume = _quantities(inputs)
    implied = mass / volume
    formula = f"{amount(mass)} ÷ {amount(volume)}"
    matching = [
        product.name
        for product in relations.site.products.values()
        if product.strength.value == implied
    ]
    if matching:
        because = f"it is the strength of: {', '.join(matching)}"
        return Verdict(Kind.CONSISTENT, formula, amount(implied), because)
    if because := _rounded(relations, mass, volume):
        return Verdict(Kind.CONSISTENT, formula, amount(implied), because)
    if unknown := _strengths_not_known(relations):
        return Verdict(Kind.UNCHECKABLE, formula, amount(implied), unknown)
    because = "no source describes a product of this strength"
    return Verdict(Kind.INCONSISTENT, formula, amount(implied), because)


def _strengths_not_known(relations: Relations) -> str:
    """Return why a strength may be one that is sold; empty where every strength is known."""
    products = list(relations.site.products.values())
    if not products:
        return "no product is in the records"
    known = (None, Absence.NOT_APPLICABLE)
    names = [one.name for one in products if one.strength.absence not in known]
    return f"the strength is not known of: {', '.join(names)}" if names else ""


def _rounded(relations: Relations, mass: Quantity, volume: Quantity) -> str:
    """Return which product holds the mass in a volume that rounds to this; empty for none."""
    for product in relations.site.products.values():
        strength = product.strength.value
        if isinstance(strength, Quantity) and _rounds_to(mass, strength, volume):
            held = f"{amount(mass)} of {product.name}, {amount(strength)}"
            return f"{held}, is a volume that rounds to {amount(volume)}"
    return ""


def _rounds_to(mass: Quantity, strength: Quantity, volume: Quantity) -> bool:
    """Return whether mass ÷ strength, rounded to the decimals of a volume, is that volume.

    A volume of one digit says too little of what it was rounded from.
    """
    printed = volume.range.low
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
    formula = f"{amount(dose)} ÷ {amount(strength)}"
    result = f"{amount(volume)}, of {amount(container)} in a bottle"
    if _at_most(volume, container):
        return Verdict(Kind.CONSISTENT, formula, result, "a dose is no more than a bottle")
    needed = amount(dose / container)
    because = f"the solution has at least {needed} ({amount(dose)} ÷ {amount(container)})"
    return Verdict(Kind.ONLY_IF, formula, result, because)


def _containers_for_a_course(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """A course at a strength needs a number of containers, which the source does not state."""
    regimen = inputs[0].record
    _, strength, container = _quantities(inputs)
    ways = courses_of(relations.site, regimen) if isinstance(regimen, Regimen) else ()
    if len(ways) != 1 or not isinstance(ways[0].total, Computed):
        return Verdict(Kind.UNCHECKABLE, "–", "–", "the course comes to no single amount")
    total = ways[0].total.amount
    bottles = total / strength / (container / quantity("1 bottle"))
    formula = f"{amount(total)} ÷ {amount(strength)} ÷ {amount(container)}"
    because = "no number of bottles is in the records to compare it with"
    return Verdict(Kind.UNCHECKABLE, formula, f"{amount(bottles)} a course", because)


def _length_within(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """The length of a treatment lies within the length of a regimen."""
    studied, frame = _quantities(inputs)
    formula = f"{amount(studied)} within {amount(frame)}"
    if _is_open(studied) != _is_open(frame):
        return Verdict(Kind.UNCHECKABLE, formula, "–", "a month is no fixed number of days")
    inner = studied.to(frame.unit).range
    if _reaches_outside(frame.range, inner):
        because = "the length reaches outside the regimen’s"
        return Verdict(Kind.INCONSISTENT, formula, "not within", because)
    if needed := _needed_within(frame, inner):
        return Verdict(Kind.ONLY_IF, formula, "within in part", f"the study lasted {needed}")
    because = "the length lies within the regimen’s; nothing else is compared"
    return Verdict(Kind.CONSISTENT, formula, "within", because)


def _reaches_outside(frame: Range, inner: Range) -> bool:
    """Return whether a stated end of a length is past an end of the frame; an open end is none."""
    ends = [end for end in (inner.low, inner.high) if end is not None]
    return any(
        (frame.low is not None and end < frame.low) or (frame.high is not None and end > frame.high)
        for end in ends
    )


def _needed_within(frame: Quantity, inner: Range) -> str:
    """Return what a length with an open end must be to lie within; empty where it does anyway."""
    bounds = (
        (inner.low, frame.range.low, "at least"),
        (inner.high, frame.range.high, "at most"),
    )
    needed = [
        f"{words} {amount(Quantity(Range(end, end), frame.unit))}"
        for own, end, words in bounds
        if own is None and end is not None
    ]
    return " and ".join(needed)


def _same_route(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """The route studied is the route dosed."""
    studied, dosed = (str(value.value) for value in inputs)
    formula = f"{studied} against {dosed}"
    if studied == dosed:
        return Verdict(Kind.CONSISTENT, formula, "the same route", "both name the same route")
    return Verdict(
        Kind.INCONSISTENT,
        formula,
        "another route",
        "the study names another route than the regimen",
    )


def _share_of_a_number(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """A share has a number of people behind it."""
    formula = "share × number of participants"
    for value, name in zip(inputs, ("share", "number of participants"), strict=True):
        if isinstance(value.value, Absence):
            return Verdict(Kind.UNCHECKABLE, formula, "–", f"the {name} is {value.value}")
    return Verdict(Kind.CONSISTENT, formula, "both reported", "share and number both stand")


def _nothing_observed(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """A claim that nothing was seen says how it was looked for."""
    formula = "reports that say how harms were looked for"
    harms = _row(relations, inputs, "harms").count
    result = f"{harms.reported} of {harms.applicable}"
    if harms.unread:
        return Verdict(Kind.UNCHECKABLE, formula, "–", "not every report has been read for it")
    if not harms.applicable:
        because = "no report of a study from its source is in the records"
        return Verdict(Kind.UNCHECKABLE, formula, "–", because)
    if harms.reported:
        return Verdict(Kind.ONLY_IF, formula, result, "those reports bear it out")
    if harms.unclear:
        because = "what the reports say of harms is unclear"
        return Verdict(Kind.UNCHECKABLE, formula, result, because)
    said = "who looked for harms, in how many people, or how"
    because = _none_of(relations, inputs, harms.applicable, ("says", "say"), said)
    return Verdict(Kind.UNCHECKABLE, formula, result, because)


def _none_of(
    relations: Relations,
    inputs: tuple[Input, ...],
    reports: int,
    verbs: tuple[str, str],
    said: str,
) -> str:
    """Return that no report of the sources whose claim is judged says something."""
    where = _titles(relations, inputs)
    if reports == 1:
        return f"the one report in {where} does not {verbs[1]} {said}"
    return f"none of the {reports} reports in {where} {verbs[0]} {said}"


def _titles(relations: Relations, inputs: tuple[Input, ...]) -> str:
    """Return the titles of the sources whose claim is judged."""
    ids = dict.fromkeys(locator.source for value in inputs for locator in value.at)
    return " and ".join(f"“{relations.site.sources[id].title}”" for id in ids)


def _doses_of_the_studies(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """Doses said to come from studies can be found in them."""
    formula = "reports that state a dose"
    dose = _row(relations, inputs, "dose").count
    result = f"{dose.reported} of {dose.applicable}"
    if dose.unread or not dose.applicable:
        because = (
            "not every report has been read for it"
            if dose.unread
            else "no report of its source has a dose to state"
        )
        return Verdict(Kind.UNCHECKABLE, formula, "–", because)
    if dose.reported == dose.applicable:
        because = f"every report in {_titles(relations, inputs)} states a dose"
        return Verdict(Kind.CONSISTENT, formula, result, because)
    because = _none_of(relations, inputs, dose.applicable, ("states", "state"), "a dose")
    if dose.reported:
        where = _titles(relations, inputs)
        because = f"{dose.reported} of the {dose.applicable} reports in {where} state a dose"
    return Verdict(Kind.UNCHECKABLE, formula, result, because)


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
    result = amount(_limit(longest)) if longest else "–"
    others = ", apart from those in months or years" if any(map(_is_open, lengths)) else ""
    known = f"the longest course recorded is {result}{others}"
    if longest is None:
        known = f"no length of a course is recorded{others}"
    because = f"how long it was is in no field of the record; {known}"
    return Verdict(Kind.UNCHECKABLE, "longest course in regimens and studies", result, because)


def _year_and_order_in_a_number(relations: Relations, inputs: tuple[Input, ...]) -> Verdict:
    """A certificate's number begins with the year and the number of its order."""
    when, order, certificate = (value.value for value in inputs)
    year = f"{when.first_year % 100:02}" if isinstance(when, When) else "–"
    number = str(order).rpartition(" ")[2]
    parts = str(certificate).rpartition(" ")[2].split("/")
    formula = f"{year}, {number} in {'/'.join(parts)}"
    if parts[:2] == [year, number]:
        rest = "/".join(parts[2:])
        because = "year and order stand in it"
        because += f"; what the last part ({rest}) means is not said" if rest else ""
        return Verdict(Kind.CONSISTENT, formula, "both stand in it", because)
    return Verdict(Kind.INCONSISTENT, formula, "they do not", "the numbers differ")


@dataclass(frozen=True)
class Rule:
    """How to judge a check, what values it takes, and whether it judges absent ones too."""

    judge: Callable[[Relations, tuple[Input, ...]], Verdict]
    takes: tuple[str, ...]
    takes_absence: bool = False


_DOSE = ("a dose", "a strength", "the volume of a container")

RULES: Mapping[str, Rule] = {
    "ratio": Rule(_ratio, ("a longer time", "a shorter time", "a number of times")),
    "sold strength": Rule(_sold_strength, ("a mass", "a volume")),
    "dose in a container": Rule(_dose_in_a_container, _DOSE),
    "containers for a course": Rule(_containers_for_a_course, _DOSE),
    "length within": Rule(_length_within, ("the length of a study", "the length of a regimen")),
    "same route": Rule(_same_route, ("the route of a study", "the route of a regimen")),
    "share of a number": Rule(_share_of_a_number, ("a share", "a number of people"), True),
    "nothing observed": Rule(_nothing_observed, ("a claim that nothing was seen",), True),
    "doses of the studies": Rule(_doses_of_the_studies, ("a claim about the doses",)),
    "length of use": Rule(_length_of_use, ("a claim about long use",), True),
    "year and order in a number": Rule(
        _year_and_order_in_a_number, ("a date", "the number of an order", "another number")
    ),
}
