"""One sentence on a record, made of its own values; it never says more than they do."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.derive.dose_sites import in_one_place, open_site, pair_of, site_is_open
from sitegen.derive.frequency import (
    change,
    frequency,
    limits,
    pace_of_giving,
    parts_of_day,
    repeat,
    several_courses,
    span,
    target,
)
from sitegen.derive.given_apart import has_amount
from sitegen.derive.phases import called, phases
from sitegen.derive.population import people_in_words, population_words
from sitegen.derive.readings import reading_words
from sitegen.derive.relations import Relations
from sitegen.derive.sizes import courses_of
from sitegen.derive.total import Computed, Total
from sitegen.model import IN_LANE, Condition, Regimen, Site, typography
from sitegen.model.absence import Absence
from sitegen.model.quantity import Quantity
from sitegen.model.typography import NO_BREAK, rounded
from sitegen.statements.amounts import open_site_line
from sitegen.statements.dosing import amount_gap
from sitegen.statements.english import capital, listed, number


def regimen_line(regimen: Regimen, in_words: bool = True) -> str:
    """Return the regimen in a line, each value that is absent under its own word of absence.

    `5 mg a day; route not reported.` Where `in_words` is false, the words for its people are left
    out, and their values stay.
    """
    return f"{capital(stated(regimen, in_words))}{_without(regimen)}."


def computed_line(site: Site, regimen: Regimen) -> str:
    """Return what is computed of a regimen: `Computed: 18 mg a day, 126 mg in all.`, or nothing.

    Nothing where the totals rest on a reading or the size of a drop, and for a regimen of phases:
    each of those needs more than a line. The total of one dose is that dose, and is left out. Of
    several courses it says what one comes to, and what all do: `40 mg in each course`.
    """
    first, *others = courses_of(site, regimen)
    if others or regimen.then or first.drop or first.reading:
        return ""
    totals: list[tuple[Total, str]] = [(first.daily, "")]
    if first.all_courses:
        totals += [(first.total, " in each course"), (first.all_courses, " in all courses")]
    else:
        totals.append((first.total, f"{NO_BREAK}in all"))
    found = [
        f"{rounded(total.amount)}{of}"
        for total, of in totals
        if isinstance(total, Computed) and total.amount != regimen.each.value
    ]
    return f"Computed: {', '.join(found)}." if found else ""


def stated(regimen: Regimen, in_words: bool = True) -> str:
    """Return what a source gives of a regimen, each phase in its turn, and for whom it is.

    `loading: 10 mg once; then 5 mg a day; then, if pain persists, 10 mg a day`.
    """
    said = _stated(regimen)
    if regimen.then or called(regimen):
        said = "; ".join(_in_turn(regimen))
    people = for_whom(regimen) if in_words else population_words(regimen)
    return f"{said}, for {people}" if people else said


def for_whom(regimen: Regimen) -> str:
    """Return for whom a regimen is, in words and in values: `children, age 12–17 years`.

    True of what the source says of the people besides the condition. Empty where the record has
    neither words nor a value: then nothing is known of them, and nothing is said.
    """
    return ", ".join(filter(None, [people_in_words(regimen), population_words(regimen)]))


def _in_turn(regimen: Regimen) -> Iterator[str]:
    """Yield each phase behind how it follows; its route where it is not that of the one before."""
    route = None
    for place, phase in enumerate(phases(regimen)):
        words = _stated(phase, phase.route.value == route)
        yield f"{_before(regimen, place)}{_going_on(words, place)}"
        route = phase.route.value


def _going_on(words: str, number: int) -> str:
    """Return the words of a phase, with a small letter where they go on with a sentence."""
    return words.replace("Amount ", "amount ", 1) if number and words[:7] == "Amount " else words


def _before(regimen: Regimen, number: int) -> str:
    """Return the words before a phase: how it follows, on which condition, and its name."""
    if number == 0:
        return f"{called(regimen)}: " if called(regimen) else ""
    phase = regimen.then[number - 1]
    name = called(phase)
    follows = "together with " if phase.is_together else "then "
    condition = f"if {phase.only_if}, " if phase.only_if else ""
    return f"{follows.strip()}{',' if condition else ''} {condition}{f'{name}: ' if name else ''}"


def _stated(regimen: Regimen, route_is_said: bool = False) -> str:
    """What a source gives of a regimen, e.g. `9 mg twice a day for 1 week, intranasal`.

    Where it has no amount, the line begins with the reason: `Amount not reported, twice a day`.
    """
    said = list(filter(None, [" ".join(_dose_parts(regimen))]))
    if not has_amount(regimen):
        said.insert(0, f"Amount {amount_gap(regimen)}")
    pace = pace_of_giving(regimen) if _amounts(regimen) else None
    said += filter(None, [repeat(regimen), pace, change(regimen), target(regimen)])
    said += limits(regimen)
    if not regimen.route.absence and not route_is_said:
        said.append(str(regimen.route.value))
    elif regimen.route.readings and not route_is_said:
        said.append(f"{reading_words(regimen.route)} (unclear)")
    if isinstance(regimen.strength.value, Quantity):
        said.append(f"strength {typography.amount(regimen.strength.value)}")
    elif regimen.strength.readings:
        said.append(f"strength {reading_words(regimen.strength)} (unclear)")
    return ", ".join(said)


def lane_line(condition: Condition, relations: Relations) -> str:
    """Return what the records have of each lane; nothing is added up across the three."""
    reports = relations.studies_on(condition)
    studies = {relations.group_of(report)[0].id for report in reports}
    human = number(len(reports), "report")
    if reports:
        human += f" of {number(len(studies), 'study', 'studies')}"
    if analyses := relations.analyses_on(condition):
        human += f" and {number(len(analyses), 'analysis', 'analyses')} of several studies"
    lanes = [experiment.lane for experiment in relations.experiments_on(condition)]
    animal = number(lanes.count("animal"), "experiment")
    vitro = number(lanes.count("in vitro"), "experiment")
    counted = {"human": human, "animal": animal, "in vitro": vitro}
    return "; ".join(f"{IN_LANE[lane]}, {count}" for lane, count in counted.items())


def _amounts(regimen: Regimen) -> list[str]:
    """What one dose is, in mass, drops and volume, with its site behind the last."""
    parts = []
    if isinstance(regimen.each.value, Quantity):
        parts.append(typography.amount(regimen.each.value))
    elif regimen.each.readings:
        parts.append(f"{reading_words(regimen.each)} (unclear)")
    if regimen.drops and isinstance(regimen.drops.value, Quantity):
        parts.append(typography.amount(regimen.drops.value))
    elif regimen.drops and regimen.drops.readings:
        parts.append(f"{reading_words(regimen.drops)} (unclear)")
    if isinstance(regimen.volume.value, Quantity):
        volume = typography.amount(regimen.volume.value)
        parts.append(f"({volume})" if parts else volume)
    if parts:
        parts[-1] += site_phrase(regimen)
    if unequal := parts_of_day(regimen):
        parts.append(unequal)
    return parts


def _dose_parts(regimen: Regimen) -> list[str]:
    divided = _divided(regimen)
    parts = divided or _amounts(regimen) or list(filter(None, [pace_of_giving(regimen)]))
    if often := frequency(regimen):
        parts.append(often)
    elif regimen.times.readings:
        parts.append(f"{reading_words(regimen.times)} (unclear)")
    elif regimen.readings:
        ways = listed([reading.means for reading in regimen.readings], "or")
        parts.append(f"{typography.amount(regimen.readings[0].times)} ({ways}: unclear)")
    for stated in filter(None, () if divided else (regimen.daily, regimen.weekly)):
        if isinstance(stated.value, Quantity):
            words = typography.amount(stated.value)
            parts.append(f"({words})" if parts else words)
        elif stated.readings:
            parts.append(f"({reading_words(stated)}: unclear)")
    if given := span(regimen):
        parts.append(given)
    elif regimen.length.readings:
        parts.append(f"for {reading_words(regimen.length)} (unclear)")
    elif regimen.lengths:
        ways = " or ".join(typography.amount(length) for length in regimen.lengths)
        parts.append(f"for {ways} (unclear)")
    if regimen.courses:
        parts.append(f"({several_courses(regimen.courses)})")
    return parts


def _divided(regimen: Regimen) -> list[str]:
    """Return the amount that doses share: `25 mg/kg a day in divided doses`; else nothing.

    Nothing too where the source states each of the doses.
    """
    if regimen.given != "in divided doses" or _amounts(regimen):
        return []
    whole = (stated.value for stated in (regimen.daily, regimen.weekly) if stated)
    found = (value for value in whole if isinstance(value, Quantity))
    return [f"{typography.amount(value)} {regimen.given}" for value in found][:1]


def _without(regimen: Regimen) -> str:
    missing = [
        title
        for title, field in (
            ("route", regimen.route),
            ("duration", regimen.length),
            ("strength", regimen.strength),
        )
        if field.absence is Absence.NOT_REPORTED and not (title == "strength" and regimen.product)
    ]
    return f"; {listed(missing)} not reported" if missing else ""


def site_phrase(regimen: Regimen) -> str:
    """Return the site of each dose as a sentence goes on with it; empty where there is none.

    ` in each nostril` where doses go into each of a pair or of the affected ones; where it is open
    whether drops do, it says so in brackets, as it does with any other site.
    """
    if site_is_open(regimen):
        return f" ({open_site_line(open_site(regimen))})"
    if regimen.site is None or regimen.site.absence:
        return ""
    is_each = pair_of(regimen) or in_one_place(regimen)
    return f" in {regimen.site.value}" if is_each else f" ({regimen.site.value})"
