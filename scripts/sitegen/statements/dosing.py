"""Whether sources report a dose, or only how often and how long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitegen.derive.frequency import duration, frequency
from sitegen.derive.given_apart import has_amount_itself
from sitegen.derive.phases import phases
from sitegen.derive.readings import reading_words
from sitegen.derive.sizes import courses_of
from sitegen.model import Regimen, Site
from sitegen.model.absence import Absence
from sitegen.model.regimen import COUNTED, counted_values
from sitegen.model.typography import amount
from sitegen.statements.english import capital, listed, number

A_DOSE = "a dose reported"


def dosed(regimens: Sequence[Regimen]) -> str:
    """Return what regimens report of a dose; empty where there is no regimen.

    A dose is reported only where one of them states an amount: a mass, a volume or drops of a
    dose, or an amount a day. Else it is only how often, how long or both; or why there is no
    amount, our own gap first, since it leaves open what a source says. What is given of another
    substance is no dose of this one.
    """
    if not regimens:
        return ""
    every = [phase for regimen in regimens for phase in phases(regimen)]
    parts_of_drug = [phase for phase in every if phase.other_substance is None]
    if not parts_of_drug:
        return "only doses of other substances"
    if any(map(has_amount_itself, parts_of_drug)):
        return A_DOSE
    often = any(frequency(part) or part.readings for part in parts_of_drug)
    long = any(duration(part) or part.lengths for part in parts_of_drug)
    parts = [words for words, is_told in (("how often", often), ("how long", long)) if is_told]
    return f"only {' and '.join(parts)}" if parts else f"dose {_gap(parts_of_drug)}"


def _gap(parts: Sequence[Regimen]) -> Absence:
    found = set(map(amount_gap, parts))
    return next((word for word in _GAPS if word in found), Absence.NOT_REPORTED)


_GAPS = (
    Absence.NOT_EXTRACTED,
    Absence.UNCLEAR,
    Absence.NOT_REPORTED,
    Absence.NONE_OBSERVED,
    Absence.NOT_APPLICABLE,
)


def amount_gap(regimen: Regimen) -> Absence:
    """Return why a regimen has no amount: our own gap first, then what is unclear.

    A field that does not apply says nothing of the others, and is the reason only by itself.
    """
    absences = {regimen.each.absence, regimen.daily.absence}
    if regimen.drops:
        absences.add(regimen.drops.absence)
    return next((word for word in _GAPS if word in absences), Absence.NOT_REPORTED)


def drops_line(site: Site, regimens: Sequence[Regimen]) -> str | None:
    """Return by what drops become a mass; None where no regimen has a mass made from drops."""
    parts = (part for regimen in regimens for part in phases(regimen))
    if not any(way.drop for part in parts for way in courses_of(site, part)):
        return None
    return (
        "Drops are converted to a mass by the size of a drop and the strength of the solution. "
        "Each such amount says which size it assumes; there is one for each size that sources give."
    )


def lengths_line(regimen: Regimen) -> str:
    """Return which durations the source gives, and what is unclear; true of one with lengths.

    Each of them is a figure of the source; the remark on the duration says what is not clear.
    """
    given = listed([amount(length) for length in regimen.lengths])
    why = f"{regimen.length.note} " if regimen.length.note else ""
    return (
        f"The source gives durations of {given}; which holds here is unclear. {why}"
        "Totals are shown for each; none is preferred."
    )


def combinations_line(site: Site, regimen: Regimen) -> str:
    """Return how many readings follow from unclear values; true of a regimen that lists some."""
    readings = {way.reading for way in courses_of(site, regimen)}
    return f"{number(len(readings), 'reading')} follow from what is unclear. {_ALL_SHOWN}"


def readings_line(regimen: Regimen) -> str:
    """Return in how many ways the frequency can be read; true of a regimen with readings.

    What the amount is taken for is said only where there is one of a dose.
    """
    line = f"The frequency can be read in {len(regimen.readings)} ways. {_ALL_SHOWN}"
    of_a_dose = (regimen.each, regimen.volume, regimen.drops)
    if any(amount is not None and not amount.absence for amount in of_a_dose):
        return f"{line} Each takes the amount as that of each dose."
    return line


_ALL_SHOWN = "All readings are shown; none is preferred."


def uncoded_lines(regimen: Regimen) -> Iterator[str]:
    """Yield what each unclear value may mean, and that an export of codes has none of it.

    True of an export that codes no reading. A length that is unclear without readings is only said
    to be so.
    """
    for path, value in counted_values(regimen):
        if value.readings:
            name = capital(COUNTED[str(path[0])])
            yield f"{name} is unclear: {reading_words(value)}. None of these is coded here."
    if regimen.readings:
        ways = " or ".join(f"{amount(one.times)} {one.means}" for one in regimen.readings)
        yield f"How often is unclear: {ways}. None of these readings is coded here."
    if regimen.lengths:
        ways = " or ".join(map(amount, regimen.lengths))
        yield f"The duration is unclear: {ways}. None of these is coded here."
    elif regimen.length.absence is Absence.UNCLEAR and not regimen.length.readings:
        yield "The duration is unclear."
